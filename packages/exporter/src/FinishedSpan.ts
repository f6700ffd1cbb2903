/** Spans as finished JSON in UTF-8: printed once when they arrive, joined when their transaction is ready. */
import type { Payload } from '@sentry-exporter/core/Payload'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

export type FinishedSpan = Uint8Array

// instances

/** Gives the same transactions, byte for byte, as spans that stay JSON values. */
export const payload: Payload<FinishedSpan> = {
  of: (span) => encode(WellFormed.stringify(span)),
  // These bytes were printed from a SentrySpan by the line above.
  read: (finished) => JSON.parse(Utf8.decode(finished)) as SentrySpan,
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
