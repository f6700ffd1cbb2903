/**
 * A dated entry of an event that shows what happened before it: a span event, or an exception that did not become an error.
 * Source: `develop-docs/sdk/data-model/event-payloads/breadcrumbs.mdx` of getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import { Breadcrumb } from '@sentry-exporter/core'
 *
 * const at = (timestamp: number, message: string): Breadcrumb.Breadcrumb => ({
 *   timestamp,
 *   type: 'default',
 *   category: 'otel.event',
 *   message,
 *   data: {},
 * })
 * const sorted = Breadcrumb.sort([at(3, 'retry'), at(1, 'request'), at(2, 'timeout')])
 * const messages = Breadcrumb.newest(sorted, 3).map(({ message }) => message)
 * console.log(messages.join(', ')) // request, timeout
 * ```
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { frozen } from '../internal/frozen.ts'
import { partitionPoint } from '../internal/partitionPoint.ts'
import { shorten } from '../internal/text/cutBytes.ts'
import * as Json from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import { bytes, characters } from '../model/ServerLimits.ts'
import type { Span } from '../model/Span.ts'
import * as SpanEvent from '../model/SpanEvent.ts'
import type { SpanId } from '../model/SpanId.ts'
import { bytesOf } from '../size/fitContext.ts'
import * as Repairs from '../size/Repairs.ts'
import { shrink } from '../size/shrink.ts'

// model

export interface Breadcrumb {
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly type: 'default' | 'error'
  /** `exception` for an exception that did not become an error. */
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

/** The limit of Sentry's SDKs for one event. */
export const MAX_BREADCRUMBS = 100

const NONE: ReadonlyArray<Breadcrumb> = /* @__PURE__ */ frozen([])

/** The levels of nested data that the server keeps: five with the data itself. */
const MAX_LEVELS = 3

/**
 * The breadcrumbs of a span: its events without those that hold an exception. Each names its span in its data. Values
 * that the server would cut are cut and counted.
 */
export const ofSpan = (
  span: Span,
  repairs: Repairs.Repairs = Repairs.start(),
): ReadonlyArray<Breadcrumb> => {
  if (span.events.length === 0) return NONE
  return span.events
    .filter((event) => !RecordedException.isExceptionEvent(event))
    .map((event) => {
      return {
        timestamp: Micros.toSeconds(SpanEvent.timeIn(span, event)),
        type: 'default',
        category: 'otel.event',
        message: messageOf(event.name, repairs),
        data: dataOf(span.spanId, Json.fromAttributes(event.attributes), repairs),
      }
    })
}

const messageOf = (text: string, repairs: Repairs.Repairs): string => {
  const message = shorten(text, characters.breadcrumbMessage)
  if (message !== text) repairs.trimmed++
  return message
}

/** The id comes first: the server loses the last keys of too many. */
const dataOf = (
  spanId: SpanId,
  attributes: Json.JsonObject,
  repairs: Repairs.Repairs,
): Json.JsonObject => {
  const data: Record<string, Json.Json> = { 'otel.span_id': spanId }
  for (const key in attributes) {
    if (key !== 'otel.span_id')
      Json.set(data, key, Json.within(attributes[key] ?? null, MAX_LEVELS))
  }
  const surplus = bytesOf(data) - bytes.breadcrumbData
  if (surplus <= 0) return data
  repairs.trimmed++
  const { 'otel.span_id': id, ...others } = data
  return { 'otel.span_id': id ?? spanId, ...shrink(others, surplus) }
}
/** A breadcrumb that names another span. */
export const ofSpanId =
  (spanId: SpanId) =>
  (breadcrumb: Breadcrumb): Breadcrumb => ({
    ...breadcrumb,
    data: { ...breadcrumb.data, 'otel.span_id': spanId },
  })

/** The breadcrumb of an exception of a span that did not become an error. */
export const ofException = (
  spanId: SpanId,
  exception: RecordedException.RecordedException,
  repairs: Repairs.Repairs = Repairs.start(),
): Breadcrumb => ({
  timestamp: Micros.toSeconds(exception.timeMicros),
  type: 'error',
  category: 'exception',
  level: exception.isFailure ? 'error' : 'warning',
  message: messageOf(
    [exception.type, exception.message].filter((text) => text !== '').join(': '),
    repairs,
  ),
  data: dataOf(spanId, exception.attributes, repairs),
})

// transformations

/** Oldest first; those of one time by their JSON. */
export const sort = (all: ReadonlyArray<Breadcrumb>): ReadonlyArray<Breadcrumb> =>
  all.length < 2
    ? all
    : [...all].sort(
        (a, b) => a.timestamp - b.timestamp || compareText(JSON.stringify(a), JSON.stringify(b)),
      )

/** The newest of sorted breadcrumbs, as many as an event may have: of all, or of those before a time in seconds since 1970. */
export const newest = (
  sorted: ReadonlyArray<Breadcrumb>,
  before: number = Number.POSITIVE_INFINITY,
): ReadonlyArray<Breadcrumb> => {
  const end = partitionPoint(sorted, ({ timestamp }) => timestamp < before)
  return sorted.slice(Math.max(0, end - MAX_BREADCRUMBS), end)
}

/** The newest of sorted breadcrumbs that take at most this many bytes of JSON. */
export const within = (
  sorted: ReadonlyArray<Breadcrumb>,
  maxBytes: number,
): ReadonlyArray<Breadcrumb> => {
  let left = maxBytes
  let from = sorted.length
  for (; from > 0; from--) {
    // One byte for the comma between them.
    left -= bytesOf(sorted[from - 1]) + 1
    if (left < 0) break
  }
  return sorted.slice(from)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
