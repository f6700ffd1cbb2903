/**
 * The form in which spans wait for their transaction, as a record of its operations: assembly never reads a payload.
 *
 * Laws: `of(read(a))` equals `a` by `compare`; `read(reparent(a, ...))` equals `reparented(read(a), ...)`; all payloads give
 * the same transactions.
 */
import { frozen } from '../internal/frozen.ts'
import { byteLength } from '../internal/text/byteLength.ts'
import { Ord } from '../internal/text/Ord.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'

// model

export interface Payload<A> {
  readonly of: (span: SentrySpan) => A
  /**
   * The same as `of(withTags(span, JSON.parse(tags)))`, for payloads that make it faster. `tags` is JSON, and the span is
   * without them.
   */
  readonly ofTagged?: (span: SentrySpan, tags: string) => A
  /**
   * The same as `of(read(a))` for a span whose JSON is in a buffer already, which may be shared. Only for payloads that are
   * bytes. `isFixed` if it has no parent, or has links behind its data.
   */
  readonly ofWritten?: (written: WrittenSpan, isFixed: boolean) => A
  /** Reads a payload back: for the few spans that become the root of a transaction. */
  readonly read: (payload: A) => SentrySpan
  /** Changes the parent of a span, and keeps the original parent in its data. */
  readonly reparent: (payload: A, parentSpanId: SpanId, originalParentSpanId: SpanId) => A
  /** The bytes of its JSON in UTF-8. */
  readonly bytes: (payload: A) => number
  /** A total order of the JSON texts, to choose between two copies of a span. */
  readonly compare: (a: A, b: A) => number
  /** Only for payloads that share memory. */
  readonly memory?: PayloadMemory<A>
}

/** The range of a buffer. */
export interface WrittenSpan {
  readonly buffer: Uint8Array
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/**
 * The memory that payloads share: one that waits must not retain that of many that were sent. Mutable counts; one owner,
 * which reports each payload that begins or ends to wait. Reports that are missing or repeated cost memory or time, never a
 * payload.
 */
export interface PayloadMemory<A> {
  readonly add: (waiting: Holder<A>) => void
  readonly remove: (waiting: Holder<A>) => void
  /** Whether waiting payloads retain more than twice their own bytes, and a constant. */
  readonly isSparse: () => boolean
  /**
   * Begins the moving of all that wait. The result is called once with each: it gives the payload itself, or an equal one in
   * memory that is used better.
   */
  readonly move: (waiting: ReadonlyArray<Holder<A>>) => (payload: A) => A
}

/** That which holds a payload. */
interface Holder<A> {
  readonly value: A
}

/** The key, in the data of a span, of the parent that it had before it was reparented. */
export const ORIGINAL_PARENT_KEY = 'sentry_exporter.parent_span_id'

// transformations

/** A span with another parent, and its original parent in its data. */
export const reparented = (
  span: SentrySpan,
  parentSpanId: SpanId,
  originalParentSpanId: SpanId,
): SentrySpan => ({
  ...span,
  parent_span_id: parentSpanId,
  data: { ...span.data, [ORIGINAL_PARENT_KEY]: originalParentSpanId },
})

// instances

/** Spans as plain JSON values: for tests and custom pipelines. */
export const json: Payload<SentrySpan> = /* @__PURE__ */ frozen({
  of: (span) => span,
  read: (span) => span,
  reparent: reparented,
  bytes: (span) => byteLength(JSON.stringify(span)),
  compare: (a, b) => Ord.compare(JSON.stringify(a), JSON.stringify(b)),
})
