/**
 * Hands spans over in slices, so that no turn of the event loop is long: when the time of a turn is used up, the rest follows in later
 * turns. Spans that wait keep their order, but the spans of a trace are brought together and its entries come after its other spans: a
 * segment leaves with its entry, and spans that ended just after it belong to it.
 *
 * Law: each span is handed over exactly once.
 */
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import { type Clock, stopwatch, withDeadline } from '@sentry-exporter/transport/Clock'
import type { ReadableSpan } from '../readable/ReadableSpan.ts'

// model

export interface SpanSlices {
  /** Takes spans; gives their outcome when all of them are answered or counted. */
  readonly give: (spans: ReadonlyArray<ReadableSpan>) => Promise<Outcome.Outcome>
  /** Spans that are not handed over. */
  readonly waiting: () => number
  /** Waits until everything is handed over; after the time the rest is handed over at once. Gives the time that is left. */
  readonly drain: (timeoutMillis: number) => Promise<number>
  /** Hands everything over at once. */
  readonly release: () => void
}

export interface SpanSlicesWiring {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'setTimer'>
  /** Does its work before it returns; the outcome comes later. */
  readonly handOver: (spans: ReadonlyArray<ReadableSpan>) => Promise<Outcome.Outcome>
  readonly isEntry: (span: ReadableSpan) => boolean
}

/** Spans that were given together, and are handed over in slices. */
interface Given {
  readonly spans: ReadonlyArray<ReadableSpan>
  at: number
  readonly outcomes: Array<Promise<Outcome.Outcome>>
  readonly settle: (outcomes: Given['outcomes']) => void
}

/** A turn starts no further slice after so long. Milliseconds. */
export const TURN_MILLIS = 4

/** Spans of the first slice: code that was never run takes many times as long. Slices grow while they take a part of a turn. */
export const MIN_SLICE_SPANS = 8

/** Each slice has costs of its own, which do not count among so many spans. */
export const MAX_SLICE_SPANS = 32

/** Spans that may wait. A program that ends more spans than can be handed over is slowed down, and its memory stays bounded. */
export const MAX_WAITING = 10_000

// running

export const make = ({ clock, handOver, isEntry }: SpanSlicesWiring): SpanSlices => {
  const queue = new Set<Given>()
  let waiting = 0
  let sliceSpans = MIN_SLICE_SPANS
  let cancelTimer: (() => void) | undefined
  let whenDrained: Array<() => void> = []
  // Made by the first spans: Workers allow no clock before.
  let watch: (() => number) | undefined

  const nowMillis = (): number => {
    watch ??= stopwatch(clock)
    return watch()
  }
  const handOverSlice = (given: Given): void => {
    const slice = given.spans.slice(given.at, given.at + sliceSpans)
    given.at += slice.length
    waiting -= slice.length
    const startMillis = nowMillis()
    given.outcomes.push(handOver(slice))
    sliceSpans = nextSize(sliceSpans, nowMillis() - startMillis)
    if (given.at < given.spans.length) return
    queue.delete(given)
    given.settle(given.outcomes)
  }
  const turn = (isEnough: () => boolean): void => {
    cancelTimer?.()
    cancelTimer = undefined
    for (let [given] = queue; given !== undefined; [given] = queue) {
      handOverSlice(given)
      if (isEnough()) break
    }
    if (waiting > 0) {
      // The spans are accepted: the process stays alive for them.
      cancelTimer ??= clock.setTimer(0, timedTurn, { keepAlive: true })
      return
    }
    const resolved = whenDrained
    whenDrained = []
    for (const resolve of resolved) resolve()
  }
  const timedTurn = (): void => {
    const endMillis = nowMillis() + TURN_MILLIS
    turn(() => waiting <= MAX_WAITING && nowMillis() >= endMillis)
  }
  const release = (): void => turn(() => false)
  return {
    give: async (spans) => {
      if (waiting === 0 && spans.length <= MIN_SLICE_SPANS) return handOver(spans)
      const settled = new Promise<Given['outcomes']>((settle) => {
        queue.add({ spans: byTrace(spans, isEntry), at: 0, outcomes: [], settle })
      })
      waiting += spans.length
      if (cancelTimer === undefined || waiting > MAX_WAITING) timedTurn()
      const outcomes = await Promise.all(await settled)
      return outcomes.reduce(Outcome.Monoid.concat, Outcome.Monoid.empty)
    },
    waiting: () => waiting,
    drain: async (timeoutMillis) => {
      const startMillis = nowMillis()
      const isDrained = new Promise<void>((resolve) => {
        whenDrained.push(resolve)
      })
      if (!(await withDeadline(clock, timeoutMillis)(isDrained))) release()
      return Math.max(0, timeoutMillis - (nowMillis() - startMillis))
    },
    release,
  }
}

const nextSize = (size: number, tookMillis: number): number => {
  if (tookMillis > TURN_MILLIS / 2) return Math.max(MIN_SLICE_SPANS, size / 2)
  return tookMillis < TURN_MILLIS / 4 ? Math.min(MAX_SLICE_SPANS, size * 2) : size
}

// transformations

/** The spans of a trace together, in the order of their first one; the entries of a trace after its other spans. */
export const byTrace = (
  spans: ReadonlyArray<ReadableSpan>,
  isEntry: (span: ReadableSpan) => boolean,
): ReadonlyArray<ReadableSpan> => {
  const traces = new Map<
    unknown,
    { readonly inner: Array<ReadableSpan>; readonly entries: Array<ReadableSpan> }
  >()
  for (const span of spans) {
    const id = traceIdOf(span)
    let trace = traces.get(id)
    if (trace === undefined) {
      trace = { inner: [], entries: [] }
      traces.set(id, trace)
    }
    if (isEntry(span)) trace.entries.push(span)
    else trace.inner.push(span)
  }
  return [...traces.values()].flatMap(({ inner, entries }) => [...inner, ...entries])
}

/** A span that has no context is handed over too: its reader rejects it, and counts it. */
const traceIdOf = (span: ReadableSpan): unknown => {
  try {
    return span.spanContext().traceId
  } catch {
    return undefined
  }
}
