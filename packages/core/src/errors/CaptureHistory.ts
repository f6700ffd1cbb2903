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
  /** By trace and span, the exceptions that must not be captured again with their segment. Their number is bounded. */
  readonly captured: ExpiringMap.ExpiringMap<IdMap.IdMap<Keys, SpanId>>
  /**
   * By trace and span, the exceptions of log records, captured or not: a span that comes later may have recorded the same one.
   * Their bytes are bounded.
   */
  readonly logged: ExpiringMap.ExpiringMap<IdMap.IdMap<LoggedList, SpanId>>
  /** Exceptions of log records, by the time at which they are captured without the segment of their span. */
  readonly waiting: PairingHeap.PairingHeap<WaitingException> | undefined
  /** An estimate of the bytes of `waiting`. */
  readonly waitingBytes: number
}

/** The origins of the captured exceptions of a span, each under a hash of its id. */
type Keys = IdMap.IdMap<Origin>

/** The kind of a span, or a log record. */
type Origin = SpanKind | 'log'

interface WaitingException {
  readonly one: LoggedException.LoggedException
  /** An estimate of the bytes that it holds. */
  readonly bytes: number
}

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

// constructors

export const empty: CaptureHistory = /* @__PURE__ */ frozen({
  captured: ExpiringMap.empty,
  logged: ExpiringMap.empty,
  waiting: undefined,
  waitingBytes: 0,
})

// guards

/** Whether an exception of a trace was captured before. */
export const wasCaptured = (
  { captured }: CaptureHistory,
  traceId: TraceId,
): ((id: ExceptionId) => boolean) => {
  const known = ExpiringMap.all(captured, traceId)
  if (known.length === 0) return () => false
  return (id) =>
    known.some((bySpan) => {
      const keys = IdMap.get(bySpan, id.spanId)
      return keys !== undefined && IdMap.get(keys, hashOf(id)) !== undefined
    })
}

// transformations

// Of about 300 bytes each; with more an exception may be captured twice. A span waits for at most one period, and for one more
// step after its process was suspended.
const CAPTURED = { maxWeight: 33_000, periods: 3 }

/** The bytes of the exceptions of log records: of those of a period, and of those that wait for a segment. */
const LOGGED = { maxWeight: 8 * 1024 * 1024, periods: 2 }
const MAX_WAITING_BYTES = 16 * 1024 * 1024

/** Removes the entries that are older than some periods. A period with many entries, or many bytes, ends early. */
export const expire = (
  { captured, logged, waiting, waitingBytes }: CaptureHistory,
  nowMillis: number,
  periodMillis: number,
): CaptureHistory => ({
  captured: ExpiringMap.advance(captured, nowMillis, { periodMillis, ...CAPTURED }),
  logged: ExpiringMap.advance(logged, nowMillis, { periodMillis, ...LOGGED }),
  waiting,
  waitingBytes,
})

/** Adds exceptions of log records, which wait for their segment until `untilMillis`. */
export const addLogged = (
  history: CaptureHistory,
  added: ReadonlyArray<LoggedException.LoggedException>,
  untilMillis: number,
): CaptureHistory => {
  if (added.length === 0) return history
  let { logged, waiting, waitingBytes } = history
  let base: LoggedException.LoggedException['base'] | undefined
  for (const [traceId, ones] of groupByTrace(added)) {
    let ofTrace = 0
    for (const one of ones) {
      const bytes = heldBytesOf(one.exception) + (one.base === base ? 0 : heldBytesOf(one.base))
      base = one.base
      waiting = PairingHeap.push(waiting, untilMillis, { one, bytes })
      ofTrace += bytes
    }
    waitingBytes += ofTrace
    logged = ExpiringMap.add(logged, traceId, ofTrace, (known = IdMap.empty) =>
      withLogged(known, ones),
    )
  }
  return { captured: history.captured, logged, waiting, waitingBytes }
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
 * Removes the log records whose wait has ended, and the oldest ones if the bytes of those that wait exceed their bound; gives
 * those that were not captured with a segment, in an order that does not depend on that of their arrival.
 */
export const takeDue = (
  history: CaptureHistory,
  nowMillis: number,
): readonly [ReadonlyArray<LoggedException.LoggedException>, CaptureHistory] => {
  const due: Array<LoggedException.LoggedException> = []
  let { waiting, waitingBytes } = history
  while (
    waiting !== undefined &&
    (waiting.atMillis <= nowMillis || waitingBytes > MAX_WAITING_BYTES)
  ) {
    const { one, bytes } = waiting.value
    const { traceId, spanId, exception } = one
    if (!wasCaptured(history, traceId)({ spanId, key: exception.key })) due.push(one)
    waiting = PairingHeap.pop(waiting)
    waitingBytes -= bytes
  }
  if (waiting === history.waiting) return [due, history]
  const { captured, logged } = history
  return [due.sort(LoggedException.compare), { captured, logged, waiting, waitingBytes }]
}

/** Remembers exceptions of a trace as captured. */
export const markCaptured = (
  history: CaptureHistory,
  traceId: TraceId,
  ids: ReadonlyArray<ExceptionId>,
): CaptureHistory => {
  if (ids.length === 0) return history
  return withCaptured(
    history,
    ExpiringMap.add(history.captured, traceId, ids.length, (known = IdMap.empty) => {
      let bySpan: IdMap.IdMap<Keys, SpanId> = known
      for (const id of ids) {
        const keys = IdMap.get(bySpan, id.spanId) ?? IdMap.empty
        const origin = RecordedException.isFromLog(id) ? 'log' : (id.kind ?? 'log')
        const added = IdMap.set<Origin, string>(keys, hashOf(id), origin)
        bySpan = IdMap.set(bySpan, id.spanId, added)
      }
      return bySpan
    }),
  )
}

/** Forgets the captured exceptions of spans that were sent, but not those of log records, which may still wait. */
export const forgetSpans = (
  history: CaptureHistory,
  traceId: TraceId,
  spans: ReadonlyArray<Pick<Node.Node<unknown>, 'spanId' | 'half' | 'traits'>>,
): CaptureHistory => {
  const captured = ExpiringMap.update(history.captured, traceId, (known) => {
    const kept = withoutSpans(known, spans)
    return kept._tag === 'Empty' ? undefined : kept
  })
  return captured === history.captured ? history : withCaptured(history, captured)
}

const withoutSpans = (
  known: IdMap.IdMap<Keys, SpanId>,
  spans: ReadonlyArray<Pick<Node.Node<unknown>, 'spanId' | 'half' | 'traits'>>,
): IdMap.IdMap<Keys, SpanId> => {
  let bySpan = known
  for (const span of spans) {
    const spanId = Node.arrivedSpanId(span)
    const keys: Keys | undefined = IdMap.get(bySpan, spanId)
    if (keys === undefined) continue
    let kept: Keys = keys
    for (const [hash, origin] of IdMap.entries(keys)) {
      if (origin === span.traits.kind) kept = IdMap.set<Origin, string>(kept, hash, undefined)
    }
    if (kept === keys) continue
    bySpan = IdMap.set(bySpan, spanId, kept._tag === 'Empty' ? undefined : kept)
  }
  return bySpan
}

const withCaptured = (
  { logged, waiting, waitingBytes }: CaptureHistory,
  captured: CaptureHistory['captured'],
): CaptureHistory => ({ captured, logged, waiting, waitingBytes })

/** A key is a text of any length, and an `IdMap` needs ids. */
const hashOf = ({ key, kind }: ExceptionId): string => Hash.hex128([kind ?? '', key])

// folds

/** Finds the exceptions of log records of a span, in an order that does not depend on that of their arrival; `undefined` for a trace without any. */
export const loggedIn = (
  { logged }: CaptureHistory,
  traceId: TraceId,
): ((spanId: SpanId) => ReadonlyArray<LoggedException.LoggedException>) | undefined => {
  const known = ExpiringMap.all(logged, traceId)
  if (known.length === 0) return undefined
  return (spanId) => {
    const ones: Array<LoggedException.LoggedException> = []
    for (const bySpan of known) {
      for (let at = IdMap.get(bySpan, spanId); at !== undefined; at = at.earlier) ones.push(at.one)
    }
    return ones.length < 2 ? ones : ones.sort(LoggedException.compare)
  }
}
