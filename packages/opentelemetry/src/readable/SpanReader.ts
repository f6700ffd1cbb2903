/**
 * From the finished spans of OpenTelemetry's JavaScript SDK to the spans of the core, without OTLP between them.
 *
 * Law: a program's spans give the same envelopes, to the byte, as the same spans sent through OTLP.
 *
 * @example
 * ```ts
 * import { SpanReader } from '@sentry-exporter/opentelemetry'
 *
 * const traceId = 'a'.repeat(32)
 * const span: SpanReader.ReadableSpan = {
 *   name: 'GET /',
 *   kind: 1,
 *   spanContext: () => ({ traceId, spanId: 'b'.repeat(16), traceFlags: 1 }),
 *   startTime: [1_700_000_000, 123_456_789],
 *   endTime: [1_700_000_001, 0],
 *   status: { code: 0 },
 *   attributes: { 'http.route': '/' },
 *   links: [],
 *   events: [],
 *   resource: { attributes: { 'service.name': 'shop' } },
 *   droppedAttributesCount: 0,
 *   droppedEventsCount: 0,
 *   droppedLinksCount: 0,
 * }
 * const { spans } = SpanReader.make().read([span])
 * console.log(spans[0]?.kind, spans[0]?.startMicros) // SERVER 1700000000123456
 * ```
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import type { Batch } from '@sentry-exporter/core/Batch'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as AttributeReader from './AttributeReader.ts'
import * as Findings from './Findings.ts'
import * as HrTime from './HrTime.ts'
import * as LinkReader from './LinkReader.ts'
import type { ReadableSpan, TimedEventLike } from './ReadableSpan.ts'
import * as ResourceReader from './ResourceReader.ts'
import * as SpanFlags from './SpanFlags.ts'
import { text } from './text.ts'

export type { ReadableSpan } from './ReadableSpan.ts'

// model

export interface SpanReader {
  /** Never throws: a span that cannot be read is among the rejected. */
  readonly read: (spans: ReadonlyArray<ReadableSpan>) => Batch
}

export interface SpanReaderOptions {
  /** Attributes for the resources that lack them. */
  readonly resourceAttributes?: Attributes.Attributes | undefined
  /** Whether the parent of a span is in another process, where the span itself does not state it (SDK 1.30). */
  readonly hasRemoteParent?: ((span: ReadableSpan) => boolean | undefined) | undefined
}

/** Shared by the spans of one batch while it is read. */
interface Reading {
  readonly findings: Findings.Findings
  readonly resources: ResourceReader.ResourceReader
  readonly hasRemoteParent: (span: ReadableSpan) => boolean | undefined
}

const TRACE_ID = '32 hex characters, not all zero'

const SPAN_ID = '16 hex characters, not all zero'

// constructors

/** A reader for the spans of one program: it reads each resource and each scope once. */
export const make = ({
  resourceAttributes = Attributes.empty,
  hasRemoteParent = () => undefined,
}: SpanReaderOptions = {}): SpanReader => {
  const resources = ResourceReader.make(resourceAttributes)
  return {
    read: (sources) => {
      const findings = Findings.start()
      const reading: Reading = { findings, resources, hasRemoteParent }
      const spans: Array<Span> = []
      const rejected: Array<Rejected> = []
      for (let i = 0; i < sources.length; i++) {
        const known = findings.places.length
        const source = sources[i]
        const read = source === undefined ? notASpan(source) : attempt(reading, source)
        if ('spanId' in read) spans.push(read)
        else rejected.push({ ...read, path: `spans[${i}]${read.path}` })
        Findings.inside(findings, known, 'spans', i)
      }
      return {
        spans,
        rejected,
        repairs: Findings.repairs(findings),
        ...(findings.places.length === 0 ? {} : { invalidParts: findings.places }),
      }
    },
  }
}

/** Why a span is lost. */
const notASpan = (actual: unknown, path = '', expected = 'a span'): Rejected => ({
  path,
  expected,
  actual: Findings.show(actual),
})

// decoding

/** Spans of other programs than the SDK may lack fields, or have getters that throw. */
const attempt = (reading: Reading, source: ReadableSpan): Span | Rejected => {
  try {
    return readSpan(reading, source)
  } catch (error) {
    return notASpan(error instanceof Error ? error.message : error)
  }
}

const readSpan = (
  { findings, resources, hasRemoteParent }: Reading,
  source: ReadableSpan,
): Span | Rejected => {
  // hot: once for each span
  const context = source.spanContext()
  const traceId = TraceId.parse(context.traceId)
  if (traceId === undefined) return notASpan(context.traceId, '.traceId', TRACE_ID)
  const spanId = SpanId.parse(context.spanId)
  if (spanId === undefined) return notASpan(context.spanId, '.spanId', SPAN_ID)
  const attributes = AttributeReader.attributes(findings, source.attributes, '.attributes')
  const { links, withoutIds } = LinkReader.read(findings, source.links)
  return {
    traceId,
    spanId,
    parentSpanId: parentOf(findings, source),
    name: text(findings, source.name, '.name'),
    // The SDK's kinds begin with INTERNAL.
    kind: SpanKind.all[source.kind + 1] ?? 'UNSPECIFIED',
    startMicros: HrTime.toMicros(findings, source.startTime, '.startTime'),
    endMicros: HrTime.toMicros(findings, source.endTime, '.endTime'),
    status: statusOf(findings, source.status),
    attributes:
      withoutIds.length === 0 ? attributes : SpanLink.withUnresolved(attributes, withoutIds),
    doubles: undefined,
    events: eventsOf(findings, source.events),
    links,
    flags: SpanFlags.ofSpan(source, context, hasRemoteParent),
    traceState: text(findings, context.traceState?.serialize(), '.traceState'),
    droppedAttributes: countOf(source.droppedAttributesCount),
    droppedEvents: countOf(source.droppedEventsCount),
    droppedLinks: countOf(source.droppedLinksCount),
    scope: resources.scope(findings, source.instrumentationScope ?? source.instrumentationLibrary),
    resource: resources.resource(findings, source.resource),
  }
}

const parentOf = (
  findings: Findings.Findings,
  { parentSpanContext, parentSpanId }: ReadableSpan,
): SpanId.SpanId | undefined => {
  const id = parentSpanContext?.spanId ?? parentSpanId
  if (id === undefined || id === '' || id === SpanId.ZERO) return undefined
  const parent = SpanId.parse(id)
  if (parent === undefined) Findings.skip(findings, '.parentSpanId', SPAN_ID, id)
  return parent
}

const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const

const statusOf = (
  findings: Findings.Findings,
  status: ReadableSpan['status'] | undefined,
): SpanStatus.SpanStatus => {
  const number = status?.code ?? 0
  const message = text(findings, status?.message, '.status.message')
  const code = STATUS_CODES[number] ?? number
  return code === 'UNSET' && message === '' ? SpanStatus.unset : { code, message }
}

const NO_EVENTS: ReadonlyArray<SpanEvent> = []

const eventsOf = (
  findings: Findings.Findings,
  sources: ReadonlyArray<TimedEventLike> = [],
): ReadonlyArray<SpanEvent> => {
  if (sources.length === 0) return NO_EVENTS
  return sources.map((source, i) => {
    const known = findings.places.length
    const event: SpanEvent = {
      name: text(findings, source.name, '.name'),
      timeMicros: HrTime.toMicros(findings, source.time, '.time'),
      attributes: AttributeReader.attributes(findings, source.attributes, '.attributes'),
      droppedAttributes: countOf(source.droppedAttributesCount),
    }
    Findings.inside(findings, known, '.events', i)
    return event
  })
}

/** A number of things that the SDK dropped before. */
const countOf = (count: number | undefined): number =>
  count !== undefined && Number.isInteger(count) && count > 0 ? count : 0
