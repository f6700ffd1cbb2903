/**
 * A queue in front of a transport: bounded by number and bytes, with a limit of simultaneous deliveries. Errors go first;
 * otherwise the order is that of arrival.
 *
 * Law: each given envelope is sent, or fails with `Overflowed` or `Abandoned`. The load stays below the bounds except for the
 * envelope that was accepted last and the rest of its batch; with `block` the caller keeps to the bounds.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import * as Queue from '@sentry-exporter/transport/Queue'
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 *
 * const bounds = { maxItems: 1, maxBytes: 1_000_000 }
 * const queue = Queue.make({ ...bounds, concurrency: 1, overflow: 'dropNewest' })
 * const transport = queue.policy(() => () => new Promise(() => {}))
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   const envelope = Sealed.bare(dsn.right)
 *   void transport(envelope)() // is being sent
 *   void transport(envelope)() // waits
 *   const third = await transport(envelope)()
 *   if (third._tag === 'Left') console.log(TransportError.show(third.left)) // the queue was full
 * }
 * ```
 */
import { type EnvelopeMeta, type Sealed, withBytes } from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type * as IO from '#fp-ts/IO'
import * as ByteArena from './internal/ByteArena.ts'
import * as Deque from './internal/Deque.ts'
import { type AbortSignalLike, onAbort } from './internal/onAbort.ts'
import * as QueueState from './internal/QueueState.ts'
import * as Waiting from './internal/Waiting.ts'
import * as Overflow from './Overflow.ts'
import type { Enqueue, OnSettled, Policy, Sent, Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export type { QueueLimits } from './internal/QueueState.ts'

export interface QueueOptions extends QueueState.QueueLimits {
  /** Whether envelopes wait until `release` is called. */
  readonly isHeld?: boolean | undefined
  /** Closes the queue: waiting and later envelopes fail with `Abandoned`. An `AbortSignal`. */
  readonly signal?: AbortSignalLike | undefined
  /** Called for each failed envelope, of the queue or of the transport, before the caller's own callback. */
  readonly onLoss?:
    | ((envelope: EnvelopeMeta, error: TransportError.TransportError) => void)
    | undefined
}

export interface Queue {
  /** For one transport. */
  readonly policy: Policy
  /** The same without a promise for each envelope. */
  readonly giveTo: (transport: Transport) => Enqueue
  /** The waiting envelopes, without those that are being sent. Each counts `OVERHEAD_BYTES` beside its bytes. */
  readonly load: IO.IO<Overflow.Load>
  /** Whether a bound is reached: a caller that can wait should wait. */
  readonly isFull: IO.IO<boolean>
  /** Whether no envelope waits or is being sent. */
  readonly isIdle: IO.IO<boolean>
  /** Changes the limits from now on. Waiting envelopes stay, also above a smaller bound. */
  readonly limit: (limits: QueueState.QueueLimits) => void
  /** A held queue sends from now on, beginning with what waits. */
  readonly release: IO.IO<void>
}

/** A queue at work: its state, and the lines and bytes that the state counts. Mutable; one owner. */
interface Runner {
  readonly options: Pick<QueueOptions, 'onLoss' | 'signal'>
  limits: QueueState.QueueLimits
  admit: ReturnType<typeof QueueState.admit>
  readonly lines: Readonly<Record<QueueState.Line, Deque.Deque<Waiting.Waiting>>>
  readonly arena: ByteArena.ByteArena
  state: QueueState.QueueState
  isHeld: boolean
}

// constructors

export { OVERHEAD_BYTES } from './internal/QueueState.ts'

/** Numbers outside of their range are moved into it. */
export const make = (options: QueueOptions): Queue => {
  const limits = QueueState.inRange(options)
  const runner: Runner = {
    options,
    limits,
    admit: QueueState.admit(limits),
    lines: { errors: Deque.make(), others: Deque.make() },
    arena: ByteArena.make(),
    state: QueueState.empty,
    isHeld: options.isHeld === true,
  }
  onAbort(options.signal, () => abandonAll(runner))
  let last: Transport = () => async () => E.left(REJECTED)
  const giveTo = (transport: Transport): Enqueue => {
    last = transport
    return (sealed, settle) => give(runner, transport, sealed, settle)
  }
  const load = (): Overflow.Load => QueueState.loadOf(runner.state)
  return {
    policy: (transport) => {
      const enqueue = giveTo(transport)
      return (sealed) => () => new Promise((settle) => enqueue(sealed, settle))
    },
    giveTo,
    load,
    isFull: () => Overflow.isFull(runner.limits)(load()),
    isIdle: () => QueueState.isEmpty(runner.state) && runner.state.running === 0,
    limit: (changed) => {
      runner.limits = QueueState.inRange(changed)
      runner.admit = QueueState.admit(runner.limits)
    },
    release: () => {
      runner.isHeld = false
      sendNext(runner, last)
    },
  }
}

/** A policy that only limits the simultaneous deliveries: the number of waiting envelopes has no bound. Errors go first. */
export const withConcurrency = (concurrency: number): Policy => {
  const bounds = { maxItems: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY }
  return (transport) => make({ ...bounds, concurrency, overflow: 'block' }).policy(transport)
}

// running

const give = (runner: Runner, transport: Transport, sealed: Sealed, settle: OnSettled): void => {
  const { isHeld, limits, options, state } = runner
  // An envelope that is given in a callback does not overtake the waiting ones.
  const isNext = QueueState.isEmpty(state) && !isHeld && QueueState.canStart(limits, state)
  if (options.signal?.aborted) fail(runner, sealed, settle, TransportError.abandoned)
  else if (!isNext && !makeRoom(runner, sealed)) {
    fail(runner, sealed, settle, TransportError.overflowed)
  } else {
    runner.state = QueueState.accepted(runner.state, sealed.batch)
    if (isNext) send(runner, transport, sealed, settle)
    else keep(runner, sealed, settle)
  }
}

/** Evicts until the envelope may wait; false if it is refused. */
const makeRoom = (runner: Runner, sealed: Sealed): boolean => {
  for (;;) {
    const step = runner.admit(runner.state, sealed)
    if (step === 'refuse') return false
    if (step === 'take') return true
    const line = QueueState.evictedLine(runner.state)
    const end = step === 'evictNewest' ? 'newest' : 'oldest'
    discard(runner, remove(runner, line, end), TransportError.overflowed)
  }
}

const keep = (runner: Runner, sealed: Sealed, settle: OnSettled): void => {
  const line = QueueState.lineOf(sealed)
  runner.lines[line].push(Waiting.of(sealed, runner.arena.keep(sealed.bytes), settle))
  runner.state = QueueState.enqueued(runner.state, line, sealed.bytes.length)
}

/** A transport must not reject. One that does must not stop the queue. */
const REJECTED = TransportError.unreachable('the transport rejected')

const send = (runner: Runner, transport: Transport, sealed: Sealed, settle: OnSettled): void => {
  runner.state = QueueState.running(runner.state, 1)
  const done = (sent: Sent): void => {
    runner.state = QueueState.running(runner.state, -1)
    if (E.isLeft(sent)) fail(runner, sealed, settle, sent.left)
    else settle(sent, sealed)
    sendNext(runner, transport)
  }
  transport(sealed)().then(done, () => done(E.left(REJECTED)))
}

const sendNext = (runner: Runner, transport: Transport): void => {
  while (!runner.isHeld && QueueState.canStart(runner.limits, runner.state)) {
    const waiting = removeNext(runner)
    if (waiting === undefined) return
    send(runner, transport, withBytes(waiting, runner.arena.take(waiting.kept)), waiting.settle)
  }
}

const abandonAll = (runner: Runner): void => {
  for (let one = removeNext(runner); one !== undefined; one = removeNext(runner)) {
    discard(runner, one, TransportError.abandoned)
  }
}

/** Drops the bytes of an envelope that has left its line; it fails. */
const discard = (
  runner: Runner,
  waiting: Waiting.Waiting | undefined,
  error: TransportError.TransportError,
): void => {
  if (waiting === undefined) return
  runner.arena.drop(waiting.kept)
  fail(runner, waiting, waiting.settle, error)
}

const removeNext = (runner: Runner): Waiting.Waiting | undefined => {
  const line = QueueState.next(runner.state)
  return line === undefined ? undefined : remove(runner, line, 'oldest')
}

/** Removes an envelope from its line. Its bytes stay in the arena. */
const remove = (
  runner: Runner,
  line: QueueState.Line,
  end: 'oldest' | 'newest',
): Waiting.Waiting | undefined => {
  const deque = runner.lines[line]
  const waiting = end === 'oldest' ? deque.takeOldest() : deque.takeNewest()
  if (waiting !== undefined) {
    runner.state = QueueState.dequeued(runner.state, line, waiting.kept.length)
  }
  return waiting
}

const fail = (
  { options }: Runner,
  envelope: EnvelopeMeta,
  settle: OnSettled,
  error: TransportError.TransportError,
): void => {
  options.onLoss?.(envelope, error)
  settle(E.left(error), envelope)
}
