/**
 * The decisions of a queue, as pure functions of what it holds: whether an envelope is sent, kept or refused, and which is
 * sent next. Errors are sent before everything else; otherwise the order is that of arrival.
 */
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'
import * as Overflow from '../Overflow.ts'
import * as Range from '../Range.ts'

// model

export interface QueueLimits extends Overflow.Bounds {
  readonly overflow: Overflow.Overflow
  /** The largest number of envelopes that are being sent at a time: at least 1. */
  readonly concurrency: number
}

export interface QueueState {
  /** The number of waiting error envelopes. */
  readonly errors: number
  /** The number of other waiting envelopes. */
  readonly others: number
  /** The cost of all waiting envelopes in bytes, with `OVERHEAD_BYTES` for each. */
  readonly bytes: number
  /** The number of envelopes that are being sent. */
  readonly running: number
  /** The batch of the envelope that was accepted last. */
  readonly batch: object | undefined
}

/** The two lines of a queue. */
export type Line = 'errors' | 'others'

// constructors

export const empty: QueueState = { errors: 0, others: 0, bytes: 0, running: 0, batch: undefined }

/** The memory that a waiting envelope takes beside its bytes: its place, its metadata, the callback. In bytes. */
export const OVERHEAD_BYTES = 2048

/** The bounds of a queue whose options are no numbers. */
const FALLBACK = { concurrency: 8, maxItems: 100_000, maxBytes: 64 * 1024 * 1024 }

/** Numbers outside of their range are moved into it. */
export const inRange = ({
  concurrency,
  maxItems,
  maxBytes,
  overflow,
}: QueueLimits): QueueLimits => ({
  overflow,
  concurrency: Range.clamp(Range.count, FALLBACK.concurrency)(concurrency),
  maxItems: Range.clamp(Range.count, FALLBACK.maxItems)(maxItems),
  maxBytes: Range.clamp(Range.count, FALLBACK.maxBytes)(maxBytes),
})

// guards

export const isEmpty = ({ errors, others }: QueueState): boolean => errors + others === 0

/** Whether another envelope may be sent now. */
export const canStart = ({ concurrency }: QueueLimits, { running }: QueueState): boolean =>
  running < concurrency

// transformations

/** An envelope was accepted, to be sent at once or to wait. */
export const accepted = (
  { errors, others, bytes, running }: QueueState,
  batch: object | undefined,
): QueueState => ({ errors, others, bytes, running, batch })

/** An envelope of this many bytes waits in a line. */
export const enqueued = (state: QueueState, line: Line, length: number): QueueState =>
  changed(state, line, 1, length + OVERHEAD_BYTES)

/** An envelope of this many bytes has left a line. */
export const dequeued = (state: QueueState, line: Line, length: number): QueueState =>
  changed(state, line, -1, -(length + OVERHEAD_BYTES))

// hot: fields are named, since copying an object with a further field is slow in V8.
const changed = (
  { errors, others, bytes, running, batch }: QueueState,
  line: Line,
  count: number,
  cost: number,
): QueueState =>
  line === 'errors'
    ? { errors: errors + count, others, bytes: bytes + cost, running, batch }
    : { errors, others: others + count, bytes: bytes + cost, running, batch }

/** A delivery started (1) or ended (-1). */
export const running = (
  { errors, others, bytes, running: before, batch }: QueueState,
  change: 1 | -1,
): QueueState => ({ errors, others, bytes, running: before + change, batch })

// folds

export const lineOf = ({ category }: EnvelopeMeta): Line =>
  category === 'error' ? 'errors' : 'others'

export const loadOf = ({ errors, others, bytes }: QueueState): Overflow.Load => ({
  items: errors + others,
  bytes,
})

/**
 * The next step for an envelope that cannot be sent at once. After an eviction the question is asked again. The rest of the
 * batch that was accepted last is always taken.
 */
export const admit = (
  limits: QueueLimits,
): ((state: QueueState, envelope: EnvelopeMeta) => Overflow.OverflowStep) => {
  const decide = Overflow.step(limits.overflow, limits)
  return (state, { category, batch }) =>
    batch !== undefined && batch === state.batch
      ? 'take'
      : decide(loadOf(state), state, category === 'error')
}

/** The line of the envelope to send next, which is its oldest; `undefined` if none waits. */
export const next = ({ errors, others }: QueueState): Line | undefined => {
  if (errors > 0) return 'errors'
  return others > 0 ? 'others' : undefined
}

/** The line from which an envelope is evicted. */
export const evictedLine = ({ others }: QueueState): Line => (others > 0 ? 'others' : 'errors')
