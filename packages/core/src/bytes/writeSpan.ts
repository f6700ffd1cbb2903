/**
 * The second pass over the attributes of a scanned span: prints the span as `JSON.stringify` prints a `SentrySpan`. Texts are
 * copied from the request.
 */
import type { Context } from '../filter/redact.ts'
import type * as Json from '../model/Json.ts'
import type { Span } from '../model/Span.ts'
import type { WrittenSpan } from '../segment/Payload.ts'
import type { Measurements } from '../sentry/Measurements.ts'
import * as SentryLink from '../sentry/SentryLink.ts'
import type { MappedFields } from '../sentry/SentrySpan.ts'
import type { ScannedAttributes } from './ScannedSpan.ts'
import type { SpanWriter } from './SpanWriter.ts'
import * as Literal from './Literal.ts'
import { type DataOptions, dataWriter } from './writeData.ts'
import { writeJson } from './writeJson.ts'

// model

/** A span that is ready to be printed. The attributes of `span` are those that rules read. */
export interface Printable {
  readonly span: Span
  readonly mapped: MappedFields
  readonly attributes: ScannedAttributes
  readonly context: Context
  /** The name in Sentry's view of spans. */
  readonly name: string
  /** JSON without escaped surrogates. */
  readonly tags: string | undefined
  readonly measurements: Measurements | undefined
}

const SPAN_ID = Literal.of('{"span_id":"')
const TRACE_ID = Literal.of('","trace_id":"')
const PARENT_ID = Literal.of('","parent_span_id":"')
const TAGS = Literal.of('","tags":')
const AFTER_IDS = Literal.of('"')
const OP = Literal.of(',"op":')
const DESCRIPTION = Literal.of(',"description":')
const STATUS = Literal.of(',"status":"')
const ORIGIN = Literal.of('","origin":"')
const START = Literal.of('","start_timestamp":')
const END = Literal.of(',"timestamp":')
const MEASUREMENTS = Literal.of(',"measurements":')
const DATA = Literal.of(',"data":{')
const DATA_END = Literal.of('}')
const LINKS = Literal.of(',"links":')
const SPAN_END = Literal.of('}')

// encoding

/** A printer for one pipeline. */
export const writing = (options: DataOptions): ((printable: Printable) => WrittenSpan) => {
  const { writer } = options
  const writeData = dataWriter(options)
  return (printable) => {
    const { span, mapped, tags, measurements } = printable
    writer.begin()
    writeIds(writer, span, tags)
    if (mapped.op !== undefined) {
      writer.literal(OP)
      writer.string(mapped.op)
    }
    writer.literal(DESCRIPTION)
    writer.string(mapped.description)
    writer.literal(STATUS)
    writer.plain(mapped.status)
    writer.literal(ORIGIN)
    writer.plain(mapped.origin)
    writer.literal(START)
    writer.seconds(span.startMicros)
    writer.literal(END)
    writer.seconds(Math.max(span.endMicros, span.startMicros))
    if (measurements !== undefined) {
      writer.literal(MEASUREMENTS)
      // An object of JSON, although its type has no index signature.
      writeJson(writer, measurements as unknown as Json.Json)
    }
    writer.literal(DATA)
    writeData(printable)
    writer.literal(DATA_END)
    if (span.links.length > 0) {
      writer.literal(LINKS)
      // As above.
      writeJson(writer, span.links.map(SentryLink.fromLink) as unknown as Json.Json)
    }
    writer.literal(SPAN_END)
    return writer.end()
  }
}

const writeIds = (writer: SpanWriter, span: Span, tags: string | undefined): void => {
  writer.literal(SPAN_ID)
  writer.plain(span.spanId)
  writer.literal(TRACE_ID)
  writer.plain(span.traceId)
  if (span.parentSpanId !== undefined) {
    writer.literal(PARENT_ID)
    writer.plain(span.parentSpanId)
  }
  if (tags === undefined) writer.literal(AFTER_IDS)
  else {
    writer.literal(TAGS)
    writer.json(tags)
  }
}
