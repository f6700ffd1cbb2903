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
import { utf8 } from './utf8.ts'
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

const SPAN_ID = utf8('{"span_id":"')
const TRACE_ID = utf8('","trace_id":"')
const PARENT_ID = utf8('","parent_span_id":"')
const TAGS = utf8('","tags":')
const AFTER_IDS = utf8('"')
const OP = utf8(',"op":')
const DESCRIPTION = utf8(',"description":')
const STATUS = utf8(',"status":"')
const ORIGIN = utf8('","origin":"')
const START = utf8('","start_timestamp":')
const END = utf8(',"timestamp":')
const MEASUREMENTS = utf8(',"measurements":')
const DATA = utf8(',"data":{')
const DATA_END = utf8('}')
const LINKS = utf8(',"links":')
const SPAN_END = utf8('}')

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
      writer.raw(OP)
      writer.string(mapped.op)
    }
    writer.raw(DESCRIPTION)
    writer.string(mapped.description)
    writer.raw(STATUS)
    writer.plain(mapped.status)
    writer.raw(ORIGIN)
    writer.plain(mapped.origin)
    writer.raw(START)
    writer.seconds(span.startMicros)
    writer.raw(END)
    writer.seconds(Math.max(span.endMicros, span.startMicros))
    if (measurements !== undefined) {
      writer.raw(MEASUREMENTS)
      // An object of JSON, although its type has no index signature.
      writeJson(writer, measurements as unknown as Json.Json)
    }
    writer.raw(DATA)
    writeData(printable)
    writer.raw(DATA_END)
    if (span.links.length > 0) {
      writer.raw(LINKS)
      // As above.
      writeJson(writer, span.links.map(SentryLink.fromLink) as unknown as Json.Json)
    }
    writer.raw(SPAN_END)
    return writer.end()
  }
}

const writeIds = (writer: SpanWriter, span: Span, tags: string | undefined): void => {
  writer.raw(SPAN_ID)
  writer.plain(span.spanId)
  writer.raw(TRACE_ID)
  writer.plain(span.traceId)
  if (span.parentSpanId !== undefined) {
    writer.raw(PARENT_ID)
    writer.plain(span.parentSpanId)
  }
  if (tags === undefined) writer.raw(AFTER_IDS)
  else {
    writer.raw(TAGS)
    writer.json(tags)
  }
}
