/**
 * Something that happened on the way, shown on an event: a span event other than an exception.
 * Source: `develop-docs/sdk/data-model/event-payloads/breadcrumbs.mdx` of getsentry/sentry-docs.
 */
import * as Json from './Json.ts'
import * as Micros from './Micros.ts'
import type { Span } from './Span.ts'
import * as SpanEvent from './SpanEvent.ts'

// model

export interface Breadcrumb {
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly type: 'default'
  readonly category: 'otel.event'
  readonly message: string
  readonly data: Json.JsonObject
}

/** Oldest first. */
export interface Breadcrumbs {
  readonly values: ReadonlyArray<Breadcrumb>
}

// constructors

/** The breadcrumbs of a span: its events but for exceptions. Each says which span it is of. */
export const ofSpan = (span: Span): ReadonlyArray<Breadcrumb> => {
  if (span.events.length === 0) return NONE
  return span.events
    .filter((event) => !SpanEvent.isException(event))
    .map((event) => ({
      timestamp: Micros.toSeconds(event.time > 0 ? event.time : span.start),
      type: 'default',
      category: 'otel.event',
      message: event.name,
      data: { ...Json.fromAttributes(event.attributes), 'otel.span_id': span.spanId },
    }))
}

// combinators

/** What the SDKs of Sentry hold an event to. */
export const MOST = 100

/** The newest of all, oldest first, by time and then by text. */
export const merge = (all: ReadonlyArray<Breadcrumb>): ReadonlyArray<Breadcrumb> =>
  all.length === 0
    ? all
    : [...all]
        .sort(
          (a, b) => a.timestamp - b.timestamp || compareText(JSON.stringify(a), JSON.stringify(b)),
        )
        .slice(-MOST)

const NONE: ReadonlyArray<Breadcrumb> = []

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
