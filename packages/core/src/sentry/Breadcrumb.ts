/**
 * Something that happened on the way, shown on an event: a span event, or an exception that became no error.
 * Source: `develop-docs/sdk/data-model/event-payloads/breadcrumbs.mdx` of getsentry/sentry-docs.
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { partitionPoint } from '../internal/partitionPoint.ts'
import * as Json from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import { bytesOf } from '../size/fitContext.ts'

// model

export interface Breadcrumb {
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly type: 'default' | 'error'
  /** `exception` for one that became no error of its own. */
  readonly category: 'otel.event' | 'exception'
  readonly level?: 'error' | 'warning'
  readonly message: string
  readonly data: Json.JsonObject
}

/** Oldest first. */
export interface Breadcrumbs {
  readonly values: ReadonlyArray<Breadcrumb>
}

// constructors

/** The breadcrumbs of a span: its events but for those that hold an exception. Each says which span it is of. */
export const ofSpan = (span: Span): ReadonlyArray<Breadcrumb> => {
  if (span.events.length === 0) return NONE
  return span.events
    .filter((event) => !RecordedException.isRecordedIn(event))
    .map((event) => {
      const data = Json.fromAttributes(event.attributes)
      data['otel.span_id'] = span.spanId
      return {
        timestamp: Micros.toSeconds(event.time > 0 ? event.time : span.start),
        type: 'default',
        category: 'otel.event',
        message: event.name,
        data,
      }
    })
}

/** The breadcrumb of an exception of a span that became no error of its own. */
export const ofException = (
  spanId: SpanId,
  thrown: RecordedException.RecordedException,
): Breadcrumb => ({
  timestamp: Micros.toSeconds(thrown.time),
  type: 'error',
  category: 'exception',
  level: thrown.isFailure ? 'error' : 'warning',
  message: [thrown.type, thrown.message].filter((text) => text !== '').join(': '),
  data: { ...thrown.attributes, 'otel.span_id': spanId },
})

// combinators

/** What the SDKs of Sentry hold an event to. */
export const MAX_BREADCRUMBS = 100

/** Oldest first, by time and then by text. */
export const sort = (all: ReadonlyArray<Breadcrumb>): ReadonlyArray<Breadcrumb> =>
  all.length < 2
    ? all
    : [...all].sort(
        (a, b) => a.timestamp - b.timestamp || compareText(JSON.stringify(a), JSON.stringify(b)),
      )

/** Of sorted ones the newest that an event takes: all, or those from before a time in seconds since 1970. */
export const newest = (
  sorted: ReadonlyArray<Breadcrumb>,
  before: number = Number.POSITIVE_INFINITY,
): ReadonlyArray<Breadcrumb> => {
  const end = partitionPoint(sorted, ({ timestamp }) => timestamp < before)
  return sorted.slice(Math.max(0, end - MAX_BREADCRUMBS), end)
}

/** As many of the newest as take at most so many bytes of JSON. */
export const within = (
  sorted: ReadonlyArray<Breadcrumb>,
  mostBytes: number,
): ReadonlyArray<Breadcrumb> => {
  let left = mostBytes
  let from = sorted.length
  for (; from > 0; from--) {
    // With the comma behind it.
    left -= bytesOf(sorted[from - 1]) + 1
    if (left < 0) break
  }
  return sorted.slice(from)
}

const NONE: ReadonlyArray<Breadcrumb> = []

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
