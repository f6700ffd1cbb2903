/**
 * The exceptions that were captured before their segment was ready, and the log records whose segment may still come.
 * Immutable: old versions stay valid.
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { frozen } from '../internal/frozen.ts'
import { groupByTrace } from '../internal/groupByTrace.ts'
import * as Hash from '../internal/Hash.ts'
import * as ExpiringMap from '../internal/persistent/ExpiringMap.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import * as PairingHeap from '../internal/persistent/PairingHeap.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { SpanKind } from '../model/SpanKind.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Node from '../segment/Node.ts'
import { heldBytesOf } from '../size/heldBytesOf.ts'
import * as LoggedException from './LoggedException.ts'

// model

export interface CaptureHistory {
  /** By trace and span, the exceptions that must not be captured again with their segment. */
  readonly captured: ExpiringMap.ExpiringMap<IdMap.IdMap<Keys, SpanId>>
  /** By trace and span, the exceptions of log records, captured or not: a span that comes later may have recorded the same one. */
  readonly logged: ExpiringMap.ExpiringMap<IdMap.IdMap<LoggedList, SpanId>>
  /** An estimate of the bytes of the exceptions that were added to `logged` in this period. */
  readonly loggedBytes: number
  /** Exceptions of log records, by the time at which they are captured without the segment of their span. */
  readonly waiting: PairingHeap.PairingHeap<LoggedException.LoggedException> | undefined
}

/** The captured exceptions of a span, each under a hash of its id. */
type Keys = IdMap.IdMap<ExceptionId>

/** The exceptions of the log records of a span, the newest first. Adding one is O(1). */
interface LoggedList {
  readonly one: LoggedException.LoggedException
  readonly earlier: LoggedList | undefined
}

/** Identifies a recorded exception within its trace. */
export interface ExceptionId {
  /** The id that the span had when it arrived. */
  readonly spanId: SpanId
  readonly key: string
  /** The kind of the span; `undefined` for a log record. */
  readonly kind?: SpanKind | undefined
}

/** The part of a sent node that identifies its exceptions. */
type SentNode = Pick<Node.Node<unknown>, 'spanId' | 'half' | 'traits'>

// constructors

export const empty: CaptureHistory = /* @__PURE__ */ frozen({
  captured: ExpiringMap.empty,
  logged: ExpiringMap.empty,
  loggedBytes: 0,
  waiting: undefined,
})

// guards

/** Whether an exception of a trace was captured before. */
export const wasCaptured = (
  { captured }: CaptureHistory,
  traceId: TraceId,
): ((id: ExceptionId) => boolean) => {
  const known = ExpiringMap.get(captured, traceId)
  if (known === undefined) return () => false
  return (id) => {
    const keys = IdMap.get(known, id.spanId)
    return keys !== undefined && IdMap.get(keys, hashOf(id)) !== undefined
  }
}

// transformations

/** Removes the entries that are older than one to two periods. */
export const expire = (
  { captured, logged, loggedBytes, waiting }: CaptureHistory,
  nowMillis: number,
  periodMillis: number,
): CaptureHistory => {
  const recent = ExpiringMap.advance(logged, nowMillis, periodMillis)
  return {
    captured: ExpiringMap.advance(captured, nowMillis, periodMillis),
    logged: recent,
    loggedBytes: recent === logged ? loggedBytes : 0,
    waiting,
  }
}

/** The bytes of a period: of two periods, twice as many are remembered. */
const MAX_LOGGED_BYTES = 8 * 1024 * 1024

/**
 * Adds exceptions of log records, which wait for their segment until `untilMillis`. A period with many bytes ends early, so that
 * what is remembered is bounded.
 */
export const addLogged = (
  history: CaptureHistory,
  added: ReadonlyArray<LoggedException.LoggedException>,
  untilMillis: number,
): CaptureHistory => {
  if (added.length === 0) return history
  let { logged, loggedBytes, waiting } = history
  const isFull = loggedBytes > MAX_LOGGED_BYTES
  if (isFull) {
    logged = ExpiringMap.advance(logged, untilMillis, Number.NEGATIVE_INFINITY)
    loggedBytes = 0
  }
  for (const [traceId, ones] of groupByTrace(added)) {
    logged = ExpiringMap.modify(logged, traceId, (known) =>
      // Those of the earlier period are not taken along into a new one that began because of their bytes.
      withLogged(isFull || known === undefined ? IdMap.empty : known, ones),
    )
  }
  for (const one of added) {
    waiting = PairingHeap.push(waiting, untilMillis, one)
    loggedBytes += heldBytesOf(one.exception)
  }
  return { captured: history.captured, logged, loggedBytes, waiting }
}

const withLogged = (
  known: IdMap.IdMap<LoggedList, SpanId>,
  added: ReadonlyArray<LoggedException.LoggedException>,
): IdMap.IdMap<LoggedList, SpanId> => {
  let bySpan = known
  for (const one of added) {
    bySpan = IdMap.set(bySpan, one.spanId, { one, earlier: IdMap.get(bySpan, one.spanId) })
  }
  return bySpan
}

/**
 * Removes the log records whose wait has ended; gives those that were not captured with a segment, in an order that does not
 * depend on that of their arrival.
 */
export const takeDue = (
  history: CaptureHistory,
  nowMillis: number,
): readonly [ReadonlyArray<LoggedException.LoggedException>, CaptureHistory] => {
  const due: Array<LoggedException.LoggedException> = []
  let { waiting } = history
  if (waiting === undefined || waiting.atMillis > nowMillis) return [due, history]
  while (waiting !== undefined && waiting.atMillis <= nowMillis) {
    const { traceId, spanId, exception } = waiting.value
    if (!wasCaptured(history, traceId)({ spanId, key: exception.key })) due.push(waiting.value)
    waiting = PairingHeap.pop(waiting)
  }
  return [due.sort(LoggedException.compare), { ...history, waiting }]
}

/** Remembers exceptions of a trace as captured. */
export const markCaptured = (
  history: CaptureHistory,
  traceId: TraceId,
  ids: ReadonlyArray<ExceptionId>,
): CaptureHistory => {
  if (ids.length === 0) return history
  let bySpan = capturedIn(history, traceId)
  for (const id of ids) {
    const keys = IdMap.get(bySpan, id.spanId) ?? IdMap.empty
    const added = IdMap.set<ExceptionId, string>(keys, hashOf(id), id)
    bySpan = IdMap.set(bySpan, id.spanId, added)
  }
  return withCaptured(history, traceId, bySpan)
}

/** Forgets the captured exceptions of spans that were sent, but not those of log records, which may still wait. */
export const forgetSpans = (
  history: CaptureHistory,
  traceId: TraceId,
  spans: ReadonlyArray<SentNode>,
): CaptureHistory => {
  const known = capturedIn(history, traceId)
  if (known._tag === 'Empty') return history
  let bySpan: IdMap.IdMap<Keys, SpanId> = known
  for (const span of spans) {
    const spanId = Node.arrivedSpanId(span)
    const keys: Keys | undefined = IdMap.get(bySpan, spanId)
    if (keys === undefined) continue
    let kept: Keys = keys
    for (const [hash, id] of IdMap.entries(keys)) {
      if (RecordedException.isFromLog(id) || id.kind !== span.traits.kind) continue
      kept = IdMap.set<ExceptionId, string>(kept, hash, undefined)
    }
    bySpan = IdMap.set(bySpan, spanId, kept._tag === 'Empty' ? undefined : kept)
  }
  return bySpan === known ? history : withCaptured(history, traceId, bySpan)
}

const capturedIn = ({ captured }: CaptureHistory, traceId: TraceId): IdMap.IdMap<Keys, SpanId> =>
  ExpiringMap.get(captured, traceId) ?? IdMap.empty

const withCaptured = (
  history: CaptureHistory,
  traceId: TraceId,
  bySpan: IdMap.IdMap<Keys, SpanId>,
): CaptureHistory => ({
  captured: ExpiringMap.modify(history.captured, traceId, () => bySpan),
  logged: history.logged,
  loggedBytes: history.loggedBytes,
  waiting: history.waiting,
})

/** A key is a text of any length, and an `IdMap` needs ids. */
const hashOf = ({ key, kind }: ExceptionId): string => Hash.hex128([kind ?? '', key])

// folds

/**
 * Finds the exceptions of log records of a span, captured or not, in an order that does not depend on that of their arrival;
 * `undefined` for a trace without any.
 */
export const loggedIn = (
  { logged }: CaptureHistory,
  traceId: TraceId,
): ((spanId: SpanId) => ReadonlyArray<LoggedException.LoggedException>) | undefined => {
  const bySpan = ExpiringMap.get(logged, traceId)
  if (bySpan === undefined) return undefined
  return (spanId) => {
    const ones: Array<LoggedException.LoggedException> = []
    for (let at = IdMap.get(bySpan, spanId); at !== undefined; at = at.earlier) ones.push(at.one)
    return ones.length < 2 ? ones : ones.sort(LoggedException.compare)
  }
}
