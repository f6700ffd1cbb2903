/** Spans as finished JSON in UTF-8: printed once when they arrive, joined when their transaction is ready. */
import * as Payload from '@sentry-exporter/core/Payload'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

export type FinishedSpan = Uint8Array

// instances

/** Gives the same transactions, byte for byte, as spans that stay JSON values. */
export const payload: Payload.Payload<FinishedSpan> = {
  of: (span) => encode(WellFormed.stringify(span)),
  // These bytes were printed from a SentrySpan by the line above.
  read: (finished) => JSON.parse(Utf8.decode(finished)) as SentrySpan,
  repoint: (finished, shown, said) =>
    spliced(finished, shown, said) ?? reprinted(finished, shown, said),
  bytes: (finished) => finished.length,
  compare: (a, b) => {
    const shorter = Math.min(a.length, b.length)
    for (let i = 0; i < shorter; i++) {
      const order = (a[i] ?? 0) - (b[i] ?? 0)
      if (order !== 0) return order
    }
    return a.length - b.length
  },
}

const encode = Utf8.pooled(256 * 1024)

/** Where the parent of a span stands: the first three fields are ids of one length each. */
const PARENT_AT =
  '{"span_id":"0123456789abcdef","trace_id":"0123456789abcdef0123456789abcdef","parent_span_id":"'
    .length

const PARENT_FIELD = Utf8.encode('"parent_span_id":"')

/** How a span ends whose last field is its data. */
const END = Utf8.encode('}}')

/**
 * Changes the bytes in place of printing them again. Not for a span without a parent, one that does not end with its data,
 * or one whose data is empty or names a parent already: such a span is printed again.
 */
const spliced = (finished: FinishedSpan, shown: SpanId, said: SpanId): FinishedSpan | undefined => {
  const dataEnd = finished.length - END.length
  if (!hasAt(finished, PARENT_FIELD, PARENT_AT - PARENT_FIELD.length)) return undefined
  if (!hasAt(finished, END, dataEnd) || finished[dataEnd - 1] === OPENING_BRACE) return undefined
  if (Utf8.decode(finished).includes(Payload.SAID_PARENT)) return undefined
  return Utf8.concat([
    finished.subarray(0, PARENT_AT),
    Utf8.encode(shown),
    finished.subarray(PARENT_AT + shown.length, dataEnd),
    Utf8.encode(`,"${Payload.SAID_PARENT}":"${said}"}}`),
  ])
}

const OPENING_BRACE = 0x7b

const hasAt = (bytes: Uint8Array, part: Uint8Array, at: number): boolean =>
  at >= 0 && part.every((byte, index) => bytes[at + index] === byte)

const reprinted = (finished: FinishedSpan, shown: SpanId, said: SpanId): FinishedSpan =>
  payload.of(Payload.json.repoint(payload.read(finished), shown, said))
