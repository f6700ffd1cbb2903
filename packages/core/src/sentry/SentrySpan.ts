/**
 * A span as an element of a transaction's `spans`. Source: `relay-event-schema/src/protocol/span.rs` of getsentry/relay. The
 * server drops a whole transaction for one span without ids or start, or that ends before it starts.
 *
 * @example
 * ```ts
 * import { Mapping, SentrySpan } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const made = SentrySpan.of(Mapping.sentry)(span({ name: 'work', attributes: { 'sentry.op': 'job' } }))
 * console.log(made.op, made.description, made.status, made.origin) // job work ok auto.otlp.spans
 * ```
 */

import * as Data from '../mapping/Data.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as SentryName from '../mapping/SentryName.ts'
import type { Status } from '../mapping/Status.ts'
import * as Tags from '../mapping/Tags.ts'
import type { Json, JsonObject } from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Repairs from '../size/Repairs.ts'
import * as Measurements from './Measurements.ts'
import * as SentryLink from './SentryLink.ts'

// model

/** Times are seconds since 1970 with up to six decimals. */
export interface SentrySpan {
  readonly span_id: SpanId
  readonly trace_id: TraceId
  readonly parent_span_id?: SpanId
  /** Texts for searching; only mappings that ask for them have them. */
  readonly tags?: Tags.Tags
  readonly op?: string
  readonly description: string
  readonly status: Status
  /** The instrumentation that made the span: `manual`, or `auto.<category>.<name>`. */
  readonly origin: string
  readonly start_timestamp: number
  readonly timestamp: number
  readonly measurements?: Measurements.Measurements
  readonly data: JsonObject
  readonly links?: ReadonlyArray<SentryLink.SentryLink>
}

// constructors

const MAX_OP_CHARACTERS = 128

/** Source: `develop-docs/sdk/telemetry/traces/trace-origin.mdx` of getsentry/sentry-docs. */
const ORIGIN = /^[a-zA-Z0-9_.]{1,128}$/

/** The origin of spans that do not name one. */
export const DEFAULT_ORIGIN = 'auto.otlp.spans'

/** A span while it is made. */
type Draft = { -readonly [Key in keyof SentrySpan]?: SentrySpan[Key] }

/**
 * Maps a span. A span that has no end, or one before its start, ends where it starts. Values that the server would refuse
 * are repaired and counted. `letters` are those of the span's attributes, if they are known.
 */
export const of =
  (mapping: Mapping, repairs: Repairs.Repairs = Repairs.start()) =>
  (
    span: Span,
    letters: FirstLetters.FirstLetters = FirstLetters.of(span.attributes),
  ): SentrySpan => {
    // hot: once for each span. Fields are set one after the other, in the order in which they are printed.
    const made: Draft = { span_id: span.spanId, trace_id: span.traceId }
    if (span.parentSpanId !== undefined) made.parent_span_id = span.parentSpanId
    if (mapping.spanTags !== undefined) made.tags = Tags.fit(mapping.spanTags(span, letters))
    const { op, description, status, origin } = mappedFields(mapping, span, letters, repairs)
    if (op !== undefined) made.op = op
    made.description = description
    made.status = status
    made.origin = origin
    made.start_timestamp = Micros.toSeconds(span.startMicros)
    made.timestamp = Micros.toSeconds(Micros.max(span.endMicros, span.startMicros))
    if (span.events.length > 0) {
      const measurements = Measurements.ofSpan(span, repairs)
      if (measurements !== undefined) made.measurements = measurements
    }
    made.data = named(mapping, mapping.data(span, letters), SentryName.of(span, letters))
    if (span.links.length > 0) made.links = span.links.map(SentryLink.fromLink)
    // Every field that must be there was set above.
    return made as SentrySpan
  }

/** The fields that a mapping gives a span, repaired. */
export type MappedFields = Pick<SentrySpan, 'description' | 'status' | 'origin'> & {
  readonly op: string | undefined
}

export const mappedFields = (
  mapping: Mapping,
  span: Span,
  letters: FirstLetters.FirstLetters,
  repairs: Repairs.Repairs,
): MappedFields => {
  const op = mapping.op(span, letters)
  const isLong = op !== undefined && op.length > MAX_OP_CHARACTERS
  if (isLong) repairs.field++
  const description = mapping.description(span, letters)
  const status = mapping.status(span, letters)
  const origin = span.attributes['sentry.origin']
  const isOrigin = typeof origin === 'string' && ORIGIN.test(origin)
  if (origin !== undefined && !isOrigin) repairs.field++
  return {
    op: op === '' ? undefined : isLong ? op.slice(0, MAX_OP_CHARACTERS) : op,
    description,
    status,
    origin: isOrigin ? origin : DEFAULT_ORIGIN,
  }
}

/** Adds the name for the server's view of spans, unless the span or the mapping has given one. */
const named = (mapping: Mapping, data: JsonObject, name: string): JsonObject => {
  if (data[SentryName.KEY] !== undefined) return data
  // hot: the object that `Data.of` makes is shared with nobody, so that it may be changed; that of another mapping may be.
  const own: Record<string, Json> =
    mapping.data === Data.of ? (data as Record<string, Json>) : Object.assign({}, data)
  own[SentryName.KEY] = name
  return own
}

// transformations

/** Adds tags to a span without tags, after its ids. */
export const withTags = (span: SentrySpan, tags: Tags.Tags): SentrySpan => {
  const { span_id, trace_id, parent_span_id, ...others } = span
  return parent_span_id === undefined
    ? { span_id, trace_id, tags, ...others }
    : { span_id, trace_id, parent_span_id, tags, ...others }
}
