/**
 * The exceptions that were captured before their segment was ready, and the log records whose segment may still come.
 * Immutable: old versions stay valid.
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { frozen } from '../internal/frozen.ts'
import { groupByTrace } from '../internal/groupByTrace.ts'
import * as ExpiringMap from '../internal/persistent/ExpiringMap.ts'
import * as PairingHeap from '../internal/persistent/PairingHeap.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { LoggedException } from './LoggedException.ts'

// model

export interface CaptureHistory {
  /** By trace, the exceptions that must not be captured again with their segment; each as text, see `textOf`. */
  readonly captured: ExpiringMap.ExpiringMap<ReadonlySet<string>>
  /** By trace, the exceptions of log records, captured or not: a span that comes later may have recorded the same one. */
  readonly logged: ExpiringMap.ExpiringMap<ReadonlyArray<LoggedException>>
  /** Exceptions of log records, by the time at which they are captured without the segment of their span. */
  readonly waiting: PairingHeap.PairingHeap<LoggedException> | undefined
}

/** Identifies a recorded exception within its trace. */
export interface ExceptionId {
  readonly spanId: SpanId
  readonly key: string
}

// constructors

export const empty: CaptureHistory = frozen({
  captured: ExpiringMap.empty,
  logged: ExpiringMap.empty,
  waiting: undefined,
})

// guards

/** Whether an exception of a trace was captured before. */
export const wasCaptured = (
  { captured }: CaptureHistory,
  traceId: TraceId,
): ((id: ExceptionId) => boolean) => {
  const known = ExpiringMap.get(captured, traceId)
  return (id) => known?.has(textOf(id)) === true
}

// transformations

/** Removes the entries that are older than one to two periods. */
export const expire = (
  { captured, logged, waiting }: CaptureHistory,
  nowMillis: number,
  periodMillis: number,
): CaptureHistory => ({
  captured: ExpiringMap.advance(captured, nowMillis, periodMillis),
  logged: ExpiringMap.advance(logged, nowMillis, periodMillis),
  waiting,
})

/** Adds exceptions of log records, which wait for their segment until `untilMillis`. */
export const addLogged = (
  history: CaptureHistory,
  added: ReadonlyArray<LoggedException>,
  untilMillis: number,
): CaptureHistory => {
  if (added.length === 0) return history
  let { logged, waiting } = history
  for (const [traceId, ones] of groupByTrace(added)) {
    logged = ExpiringMap.modify(logged, traceId, (others = []) => [...others, ...ones])
  }
  for (const one of added) waiting = PairingHeap.push(waiting, untilMillis, one)
  return { captured: history.captured, logged, waiting }
}

/** Removes the log records whose wait has ended; gives those that were not captured with a segment. */
export const takeDue = (
  history: CaptureHistory,
  nowMillis: number,
): readonly [ReadonlyArray<LoggedException>, CaptureHistory] => {
  const due: Array<LoggedException> = []
  let { waiting } = history
  if (waiting === undefined || waiting.atMillis > nowMillis) return [due, history]
  while (waiting !== undefined && waiting.atMillis <= nowMillis) {
    const { traceId, spanId, exception } = waiting.value
    if (!wasCaptured(history, traceId)({ spanId, key: exception.key })) due.push(waiting.value)
    waiting = PairingHeap.pop(waiting)
  }
  return [due, { captured: history.captured, logged: history.logged, waiting }]
}

/** Remembers exceptions of a trace as captured. */
export const markCaptured = (
  history: CaptureHistory,
  traceId: TraceId,
  ids: ReadonlyArray<ExceptionId>,
): CaptureHistory =>
  ids.length === 0
    ? history
    : withCaptured(
        history,
        traceId,
        new Set([...(ExpiringMap.get(history.captured, traceId) ?? []), ...ids.map(textOf)]),
      )

/** Forgets the captured exceptions of spans that were sent, but not those of log records, which may still wait. */
export const forgetSpans = (
  history: CaptureHistory,
  traceId: TraceId,
  spans: ReadonlyArray<{ readonly spanId: SpanId }>,
): CaptureHistory => {
  const known = ExpiringMap.get(history.captured, traceId)
  if (known === undefined || known.size === 0) return history
  const sent = new Set<string>(spans.map(({ spanId }) => spanId))
  const kept = [...known].filter((text) => {
    const end = text.indexOf(' ')
    return (
      !sent.has(text.slice(0, end)) || RecordedException.isFromLog({ key: text.slice(end + 1) })
    )
  })
  return kept.length === known.size ? history : withCaptured(history, traceId, new Set(kept))
}

const withCaptured = (
  { captured, logged, waiting }: CaptureHistory,
  traceId: TraceId,
  ids: ReadonlySet<string>,
): CaptureHistory => ({
  captured: ExpiringMap.modify(captured, traceId, () => ids),
  logged,
  waiting,
})

const textOf = ({ spanId, key }: ExceptionId): string => `${spanId} ${key}`

// folds

/** The exceptions of log records of a trace, captured or not. */
export const loggedIn = (
  { logged }: CaptureHistory,
  traceId: TraceId,
): ReadonlyArray<LoggedException> => ExpiringMap.get(logged, traceId) ?? NONE

const NONE: ReadonlyArray<LoggedException> = frozen([])
