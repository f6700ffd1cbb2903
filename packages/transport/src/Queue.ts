/**
 * What waits to be sent: bounded by items and bytes, a few under way at a time, errors before everything else, and otherwise
 * in the order in which it came.
 *
 * Law: everything that is given is sent, or fails with `Overflowed` or `Abandoned`. What waits stays below the bounds but
 * for the last that came, with all that came with it; with `block` it is whoever gives that keeps to them.
 */
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type * as IO from '#fp-ts/IO'
import * as Closing from './Closing.ts'
import * as Line from './Line.ts'
import * as Overflow from './Overflow.ts'
import type { Delivered, Policy, Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface Options extends Overflow.Bounds {
  readonly overflow: Overflow.Overflow
  /** Most that are under way at a time. */
  readonly concurrency: number
  /** Lets what waits go: it fails with `Abandoned`, and so does all that comes later. */
  readonly closing?: Closing.Closing
}

export interface Queue {
  /** For one transport. */
  readonly policy: Policy
  /** What waits, without what is under way: in bytes with what each costs beside its own. */
  readonly load: IO.IO<Overflow.Load>
  /** Whether more would be too much: whoever can wait should. */
  readonly isFull: IO.IO<boolean>
}

interface Waiting {
  readonly sealed: Sealed
  readonly settle: (sent: E.Either<TransportError.TransportError, Delivered>) => void
}

// constructors

export const make = (options: Options): Queue => {
  const { concurrency, closing = Closing.never } = options
  const decide = Overflow.step(options.overflow, options)
  const errors = Line.make<Waiting>()
  const others = Line.make<Waiting>()
  let bytes = 0
  let running = 0
  let latest: object | undefined

  const load = (): Overflow.Load => ({ items: errors.length() + others.length(), bytes })
  const left = (waiting: Waiting | undefined): Waiting | undefined => {
    if (waiting !== undefined) bytes -= costOf(waiting.sealed)
    return waiting
  }
  const next = (): Waiting | undefined => left(errors.takeOldest() ?? others.takeOldest())
  const evict = (step: 'evictOldest' | 'evictNewest'): void => {
    const evicted =
      step === 'evictNewest' ? others.takeNewest() : (others.takeOldest() ?? errors.takeOldest())
    left(evicted)?.settle(E.left(TransportError.overflowed))
  }
  const isTaken = ({ category, cameWith }: Sealed): boolean => {
    if (cameWith !== undefined && cameWith === latest) return true
    for (;;) {
      const waiting = { errors: errors.length(), others: others.length() }
      const step = decide(load(), waiting, category === 'error')
      if (step === 'refuse') return false
      if (step === 'take') {
        latest = cameWith
        return true
      }
      evict(step)
    }
  }
  const offer = (waiting: Waiting): void => {
    const { sealed, settle } = waiting
    if (closing.isClosed()) settle(E.left(TransportError.abandoned))
    else if (!isTaken(sealed)) settle(E.left(TransportError.overflowed))
    else {
      bytes += costOf(sealed)
      const line = sealed.category === 'error' ? errors : others
      line.push(waiting)
    }
  }
  const pump = (transport: Transport): void => {
    while (running < concurrency) {
      const turn = next()
      if (turn === undefined) return
      running++
      const done: Waiting['settle'] = (sent) => {
        running--
        turn.settle(sent)
        pump(transport)
      }
      transport(turn.sealed)().then(done, () => done(E.left(REJECTED)))
    }
  }
  closing.onClose(() => {
    for (let one = next(); one !== undefined; one = next()) {
      one.settle(E.left(TransportError.abandoned))
    }
  })
  return {
    policy: (transport) => (sealed) => () =>
      new Promise((settle) => {
        offer({ sealed, settle })
        pump(transport)
      }),
    load,
    isFull: () => Overflow.isFull(options)(load()),
  }
}

/** What an envelope that waits costs beside its bytes: its promises, its closures, its place. Measured, in bytes. */
export const OVERHEAD_BYTES: number = 2 * 1024

const costOf = ({ bytes }: Sealed): number => bytes.length + OVERHEAD_BYTES

/** A transport never does; one that does all the same must not stop the line. */
const REJECTED = TransportError.unreachable('the transport rejected')
