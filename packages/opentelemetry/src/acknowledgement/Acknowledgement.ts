/**
 * When the batches of a batch processor are acknowledged: a state machine without a clock.
 *
 * OpenTelemetry's specification means delivery by success, and a flush of the SDK's `BatchSpanProcessor` waits for no more than the
 * acknowledgement of its batches. But the processor sends one batch at a time, and drops spans above 2,048 that wait: an
 * acknowledgement that waits for the server would lose spans under load. So a full batch, which load sends, is acknowledged when it
 * is accepted; a smaller one, which a timer or a flush sends, when everything that was under way is answered or counted.
 *
 * Law: each batch is acknowledged exactly once, at the latest `ackMillis` after it was exported.
 */

// model

export interface Acknowledgement {
  /** The batches that wait, by their ids, in the order of their deadlines. */
  readonly waiting: ReadonlyMap<number, number>
  /** How often each size of a batch was seen, of the sizes that may be full. */
  readonly sizes: ReadonlyMap<number, number>
  /** Whether a deadline passed since the last time that nothing was under way: waiting helps nobody then. */
  readonly isStalled: boolean
}

export interface AcknowledgementOptions {
  /** The size of a full batch, as the processor has it. */
  readonly maxExportBatchSize: number
  /** The longest wait for an acknowledgement. */
  readonly ackMillis: number
}

export type AcknowledgementInput =
  /** A batch was accepted. `unanswered` envelopes are under way, its own among them. */
  | {
      readonly _tag: 'Exported'
      readonly id: number
      readonly spans: number
      readonly unanswered: number
      readonly nowMillis: number
    }
  /** Everything that was under way when a batch was exported is answered or counted. */
  | { readonly _tag: 'Settled'; readonly id: number; readonly unanswered: number }
  /** Time has passed. */
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  /** Nothing is sent any more. */
  | { readonly _tag: 'Closed' }

export interface AcknowledgementStep {
  readonly state: Acknowledgement
  /** The ids of the batches that are acknowledged. */
  readonly acknowledged: ReadonlyArray<number>
  /** When the next `Tick` can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: Acknowledgement = { waiting: new Map(), sizes: new Map(), isStalled: false }

/** The SDK's default of `maxExportBatchSize`. */
export const DEFAULT_BATCH_SIZE = 512

/** A processor with smaller batches has to be named: programs often end the same few spans between two flushes. */
const MIN_COMMON_SIZE = 64

/** A size that was seen so often, and more often than all others, is taken for that of a full batch. */
const MIN_COMMON_COUNT = 8

/** Sizes that are remembered. */
const MAX_SIZES = 64

// running

export const step =
  (options: AcknowledgementOptions) =>
  (state: Acknowledgement, input: AcknowledgementInput): AcknowledgementStep => {
    switch (input._tag) {
      case 'Exported':
        return exported(options, state, input)
      case 'Settled': {
        const isStalled = state.isStalled && input.unanswered > 0
        return state.waiting.has(input.id)
          ? released({ ...state, isStalled: false }, [input.id])
          : released({ ...state, isStalled }, [])
      }
      case 'Tick': {
        const due = [...state.waiting]
          .filter(([, atMillis]) => atMillis <= input.nowMillis)
          .map(([id]) => id)
        return released({ ...state, isStalled: state.isStalled || due.length > 0 }, due)
      }
      case 'Closed':
        return released(state, [...state.waiting.keys()])
    }
  }

const exported = (
  { maxExportBatchSize, ackMillis }: AcknowledgementOptions,
  before: Acknowledgement,
  { id, spans, unanswered, nowMillis }: Extract<AcknowledgementInput, { _tag: 'Exported' }>,
): AcknowledgementStep => {
  const isFull = spans >= maxExportBatchSize || spans === commonSize(before.sizes)
  const state = { ...before, sizes: counted(before.sizes, spans) }
  const isAtOnce = isFull || unanswered === 0 || state.isStalled || ackMillis <= 0
  const waiting = new Map(state.waiting).set(id, nowMillis + ackMillis)
  return released({ ...state, waiting }, isAtOnce ? [id] : [])
}

const released = (
  state: Acknowledgement,
  acknowledged: ReadonlyArray<number>,
): AcknowledgementStep => {
  const waiting = new Map(state.waiting)
  for (const id of acknowledged) waiting.delete(id)
  const [wakeAtMillis] = waiting.values()
  return { state: { ...state, waiting }, acknowledged, wakeAtMillis }
}

/** The size that was seen most, if it was seen often. */
const commonSize = (sizes: Acknowledgement['sizes']): number | undefined => {
  let common: number | undefined
  let max = MIN_COMMON_COUNT - 1
  for (const [size, count] of sizes) {
    if (count > max) {
      common = size
      max = count
    }
  }
  return common
}

const counted = (sizes: Acknowledgement['sizes'], size: number): Acknowledgement['sizes'] => {
  const count = sizes.get(size) ?? 0
  if (size < MIN_COMMON_SIZE || (count === 0 && sizes.size >= MAX_SIZES)) return sizes
  return new Map(sizes).set(size, count + 1)
}
