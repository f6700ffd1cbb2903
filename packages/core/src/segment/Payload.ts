/**
 * The form in which spans wait for their transaction. The assembly never looks into a payload; this record is all
 * that the ends of the pipeline need to know of one.
 *
 * Laws: `of(read(a))` equals `a` by `compare`; `repoint` does to a payload what that of `json` does to what it reads as;
 * and all payloads give the same transactions.
 */
import { byteLength } from '../internal/text/byteLength.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'

// model

export interface Payload<A> {
  /** Finishes a span. */
  readonly of: (span: SentrySpan) => A
  /** Reads a finished span back: for the few that become the root of a transaction. */
  readonly read: (payload: A) => SentrySpan
  /** Hangs it on another parent than it named, and keeps that one in its data. */
  readonly reparent: (payload: A, shown: SpanId, said: SpanId) => A
  /** Bytes of its JSON in UTF-8. */
  readonly bytes: (payload: A) => number
  /** Total order of the JSON texts, to choose between two copies of a span. */
  readonly compare: (a: A, b: A) => number
}

/** Where the data of a span keeps the parent that it named. */
export const ORIGINAL_PARENT_KEY = 'sentry_exporter.parent_span_id'

// combinators

/** A span that hangs on another parent than it named, and says so. */
export const reparented = (span: SentrySpan, shown: SpanId, said: SpanId): SentrySpan => ({
  ...span,
  parent_span_id: shown,
  data: { ...span.data, [ORIGINAL_PARENT_KEY]: said },
})

// instances

/** Spans as plain JSON values: for tests and custom pipelines. */
export const json: Payload<SentrySpan> = {
  of: (span) => span,
  read: (span) => span,
  reparent: reparented,
  bytes: (span) => byteLength(JSON.stringify(span)),
  compare: (a, b) => {
    const [textOfA, textOfB] = [JSON.stringify(a), JSON.stringify(b)]
    return textOfA < textOfB ? -1 : textOfA > textOfB ? 1 : 0
  },
}
