/**
 * The second pass over the attributes of a scanned span: prints the span as `JSON.stringify` prints a `SentrySpan`. Texts are
 * copied from the request.
 */
import type { Context } from '../filter/redact.ts'
import type { TagParts } from '../mapping/collector/tagsPrinter.ts'
import type * as Json from '../model/Json.ts'
import type { Span } from '../model/Span.ts'
import type { WrittenSpan } from '../segment/Payload.ts'
import type { Measurements } from '../sentry/Measurements.ts'
import * as SentryLink from '../sentry/SentryLink.ts'
import * as SentrySpan from '../sentry/SentrySpan.ts'
import * as Literal from './Literal.ts'
import type { ScannedAttributes } from './ScannedSpan.ts'
import type { SpanWriter } from './SpanWriter.ts'
import { type DataOptions, dataWriter } from './writeData.ts'
import { writeJson } from './writeJson.ts'
import { tagsWriter } from './writeTags.ts'

// model

/** A span that is ready to be printed. The attributes of `span` are those that rules read. */
export interface Printable {
  readonly span: Span
  readonly mapped: SentrySpan.MappedFields
  readonly attributes: ScannedAttributes
  readonly context: Context
  /** The name in Sentry's view of spans. */
  readonly name: string
  /** In parts, or JSON without escaped surrogates. */
  readonly tags: TagParts | string | undefined
  readonly measurements: Measurements | undefined
}

const SPAN_ID = Literal.of('{"span_id":"')
const TAGS = Literal.of('","tags":')
const AFTER_IDS = Literal.of('"')
const END = Literal.of(',"timestamp":')
const OP = Literal.of(',"op":')
const DESCRIPTION = Literal.of(',"description":')
const STATUS = Literal.of(',"status":"')
const ORIGIN = Literal.of('","origin":"')
const START = Literal.of('","start_timestamp":')
const DEFAULT_ORIGIN = Literal.of(`","origin":"${SentrySpan.DEFAULT_ORIGIN}","start_timestamp":`)
const MEASUREMENTS = Literal.of(',"measurements":')
const DATA = Literal.of(',"data":')
const OPEN_BRACE = 0x7b
const DATA_END = Literal.of('}')
const LINKS = Literal.of(',"links":')
const SPAN_END = Literal.of('}')

// encoding

/** A printer for one pipeline. */
export const writing = (options: DataOptions): ((printable: Printable) => WrittenSpan) => {
  const { writer } = options
  const writeData = dataWriter(options)
  const writeTags = tagsWriter(writer)
  const traceOf = sharedTraces()
  const opOf = remembered((op) => `,"op":${JSON.stringify(op)},"description":`)
  const statusOf = remembered((status) => status)
  return (printable) => {
    const { span, mapped, tags, measurements } = printable
    writer.begin()
    writer.literal(SPAN_ID)
    writer.plain(span.spanId)
    writer.literal(traceOf(span))
    if (span.parentSpanId !== undefined) writer.plain(span.parentSpanId)
    if (tags === undefined) writer.literal(AFTER_IDS)
    else {
      writer.literal(TAGS)
      writeTags(tags)
    }
    writeOp(writer, mapped.op, opOf)
    writeDescription(writer, printable)
    writeStatus(writer, mapped, statusOf)
    writer.seconds(span.startMicros)
    writer.literal(END)
    writer.seconds(Math.max(span.endMicros, span.startMicros))
    if (measurements !== undefined) {
      writer.literal(MEASUREMENTS)
      // An object of JSON, although its type has no index signature.
      writeJson(writer, measurements as unknown as Json.Json)
    }
    writer.literal(DATA)
    const opening = writer.offset()
    writeData(printable)
    // There is a field, since `data` has a name, and its comma is in the place of the brace.
    writer.replace(opening, OPEN_BRACE)
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

/** The part between the ids of a span and its parent. The spans of a trace follow each other. */
const sharedTraces = (): ((span: Span) => Literal.Literal) => {
  let last: Span['traceId'] | undefined
  let alone = SPAN_END
  let withParent = SPAN_END
  return ({ traceId, parentSpanId }) => {
    if (traceId !== last) {
      last = traceId
      alone = Literal.of(`","trace_id":"${traceId}`)
      withParent = Literal.of(`","trace_id":"${traceId}","parent_span_id":"`)
    }
    return parentSpanId === undefined ? alone : withParent
  }
}

/** Texts of mappings that are kept. A mapping may make up any number of them. */
const MAX_REMEMBERED = 200

const MAX_CHARACTERS = 64

/** The literals of texts that recur; `undefined` for one that is written by itself. */
const remembered = (
  print: (text: string) => string,
): ((text: string) => Literal.Literal | undefined) => {
  const known = new Map<string, Literal.Literal>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MAX_REMEMBERED || text.length > MAX_CHARACTERS || !PLAIN.test(text)) {
      return undefined
    }
    const literal = Literal.of(print(text))
    known.set(text, literal)
    return literal
  }
}

/** A text that JSON prints as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

const writeOp = (
  writer: SpanWriter,
  op: string | undefined,
  opOf: (op: string) => Literal.Literal | undefined,
): void => {
  const literal = op === undefined ? DESCRIPTION : opOf(op)
  if (literal !== undefined) writer.literal(literal)
  else {
    writer.literal(OP)
    writer.string(op ?? '')
    writer.literal(DESCRIPTION)
  }
}

/** Copied from the request if it is the text of an attribute, as that of a query. */
const writeDescription = (
  writer: SpanWriter,
  { mapped: { description }, attributes: { count, from, to, values, source } }: Printable,
): void => {
  if (description.length > MIN_COPIED) {
    for (let i = 0; i < count; i++) {
      const at = from[i] ?? -1
      if (at >= 0 && values[i] === description && writer.text(source, at, to[i] ?? 0)) return
    }
  }
  writer.string(description)
}

/** In characters. Shorter texts are written as fast as they are found. */
const MIN_COPIED = 40

const writeStatus = (
  writer: SpanWriter,
  { status, origin }: SentrySpan.MappedFields,
  statusOf: (status: string) => Literal.Literal | undefined,
): void => {
  const printed = origin === SentrySpan.DEFAULT_ORIGIN ? statusOf(status) : undefined
  writer.literal(STATUS)
  if (printed === undefined) {
    writer.plain(status)
    writer.literal(ORIGIN)
    writer.plain(origin)
    writer.literal(START)
  } else {
    writer.literal(printed)
    writer.literal(DEFAULT_ORIGIN)
  }
}
