/**
 * What waits to be sent: bounded by items and bytes, a few under way at a time, errors before everything else, and otherwise
 * in the order in which it came.
 *
 * Law: everything that is given is sent, or fails with `Overflowed` or `Abandoned`. What waits stays below the bounds but
 * for the last that came, with all that came with it; with `block` it is whoever gives that keeps to them.
 */
import type { EnvelopeMeta, Sealed } from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type * as IO from '#fp-ts/IO'
import * as ByteArena from './ByteArena.ts'
import * as Closing from './Closing.ts'
import * as Deque from './Deque.ts'
import * as Overflow from './Overflow.ts'
import type { Enqueue, OnSettled, Policy, Sent, Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface Options extends Overflow.Bounds {
  readonly overflow: Overflow.Overflow
  /** Most that are under way at a time. */
  readonly concurrency: number
  /** Lets what waits go: it fails with `Abandoned`, and so does all that comes later. */
  readonly closing?: Closing.Closing
  /** Told of everything that failed, here or in the transport, before whoever gave it. */
  readonly onLoss?: (about: EnvelopeMeta, error: TransportError.TransportError) => void
}

export interface Queue {
  /** For one transport. */
  readonly policy: Policy
  /** The same without a promise for each. */
  readonly giveTo: (transport: Transport) => Enqueue
  /** What waits, without what is under way: in bytes with what each costs beside its own. */
  readonly load: IO.IO<Overflow.Load>
  /** Whether more would be too much: whoever can wait should. */
  readonly isFull: IO.IO<boolean>
}

/** What waits is held without its bytes, which the store keeps. */
interface Waiting extends EnvelopeMeta, ByteArena.Kept {
  readonly settle: OnSettled
}

// constructors

export const make = (options: Options): Queue => {
  const { concurrency, closing = Closing.never, onLoss } = options
  const decide = Overflow.step(options.overflow, options)
  const errors = Deque.make<Waiting>()
  const others = Deque.make<Waiting>()
  const store = ByteArena.make()
  let bytes = 0
  let running = 0
  let latest: object | undefined

  const load = (): Overflow.Load => ({ items: errors.length() + others.length(), bytes })
  const fail = (
    about: EnvelopeMeta,
    settle: OnSettled,
    error: TransportError.TransportError,
  ): void => {
    onLoss?.(about, error)
    settle(E.left(error), about)
  }
  /** Lets one go that waited, without its bytes. */
  const forget = (waiting: Waiting | undefined, error: TransportError.TransportError): void => {
    if (waiting === undefined) return
    bytes -= costOf(waiting.to - waiting.from)
    store.drop(waiting)
    fail(waiting, waiting.settle, error)
  }
  const next = (): Waiting | undefined => errors.takeOldest() ?? others.takeOldest()
  const evict = (step: 'evictOldest' | 'evictNewest'): void =>
    forget(
      step === 'evictNewest' ? others.takeNewest() : (others.takeOldest() ?? errors.takeOldest()),
      TransportError.overflowed,
    )
  const isTaken = ({ category, batch }: Sealed): boolean => {
    if (batch !== undefined && batch === latest) return true
    for (;;) {
      const waiting = { errors: errors.length(), others: others.length() }
      const step = decide(load(), waiting, category === 'error')
      if (step === 'refuse') return false
      if (step === 'take') return true
      evict(step)
    }
  }
  const keep = (sealed: Sealed, settle: OnSettled): void => {
    const line = sealed.category === 'error' ? errors : others
    line.push(waitingOf(sealed, store.keep(sealed.bytes), settle))
    bytes += costOf(sealed.bytes.length)
  }
  const run = (transport: Transport, sealed: Sealed, settle: OnSettled): void => {
    running++
    const done = (sent: Sent): void => {
      running--
      if (E.isLeft(sent)) fail(sealed, settle, sent.left)
      else settle(sent, sealed)
      pump(transport)
    }
    transport(sealed)().then(done, () => done(E.left(REJECTED)))
  }
  const pump = (transport: Transport): void => {
    while (running < concurrency) {
      const turn = next()
      if (turn === undefined) return
      bytes -= costOf(turn.to - turn.from)
      run(transport, sealedOf(turn, store.take(turn)), turn.settle)
    }
  }
  const giveTo =
    (transport: Transport): Enqueue =>
    (sealed, settle) => {
      // Whoever gives something while it is called back does not overtake what waits.
      const isNext = running < concurrency && load().items === 0
      if (closing.isClosed()) fail(sealed, settle, TransportError.abandoned)
      else if (!isNext && !isTaken(sealed)) fail(sealed, settle, TransportError.overflowed)
      else {
        latest = sealed.batch
        if (isNext) run(transport, sealed, settle)
        else keep(sealed, settle)
      }
    }
  closing.onClose(() => {
    for (let one = next(); one !== undefined; one = next()) forget(one, TransportError.abandoned)
  })
  return {
    policy: (transport) => {
      const give = giveTo(transport)
      return (sealed) => () => new Promise((settle) => give(sealed, settle))
    },
    giveTo,
    load,
    isFull: () => Overflow.isFull(options)(load()),
  }
}

/** What an envelope that waits costs beside its bytes: its place, what is known of it, who is called back. In bytes. */
export const OVERHEAD_BYTES: number = 2 * 1024

const costOf = (length: number): number => length + OVERHEAD_BYTES

/** Without what else may hang on the given object: it is kept for long. */
const waitingOf = (
  about: EnvelopeMeta,
  { chunk, from, to }: ByteArena.Kept,
  settle: OnSettled,
): Waiting => {
  const { dsn, eventId, category, lossesIfDropped, spans, batch } = about
  return {
    dsn,
    eventId,
    category,
    lossesIfDropped,
    spans,
    batch,
    chunk,
    from,
    to,
    settle,
  }
}

// hot: fields are named, since engines make a class of its own for each object that is copied with one more.
const sealedOf = (about: EnvelopeMeta, bytes: Sealed['bytes']): Sealed => {
  const { dsn, eventId, category, lossesIfDropped, spans, batch } = about
  return { dsn, eventId, category, lossesIfDropped, spans, batch, bytes }
}

/** A transport never does; one that does all the same must not stop the line. */
const REJECTED = TransportError.unreachable('the transport rejected')
