/**
 * Scans one span of a request in protobuf: finds its parts, and decodes all but the texts of its attributes. It reads the encoding
 * that senders write: each field once, and lengths of at most two bytes. For anything else, and for a part that cannot be
 * read, it gives up, and `SpanReader` reads the span: it never accepts what that refuses.
 *
 * Law: it finds what `SpanReader` reads. Source: `opentelemetry/proto/trace/v1/trace.proto`.
 */
import { type KeyPlans, ScannedSpan, type ScannedStep } from '@sentry-exporter/core/pipeline'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import * as TraceId from '@sentry-exporter/core/TraceId'
import { scanAttribute } from './AttributeScanner.ts'
import * as EventReader from './EventReader.ts'
import * as LinkReader from './LinkReader.ts'
import * as SpanReader from './SpanReader.ts'
import * as Text from './Text.ts'
import * as TextCache from './TextCache.ts'
import * as Wire from './Wire.ts'

// model

/** The state of a scanner: the ids that the last spans had are not decoded again. Mutable; one owner. */
export interface SpanScanner {
  readonly plans: KeyPlans.KeyPlans
  readonly scanned: ScannedSpan.ScannedSpan
  readonly texts: TextCache.TextCache
  traceAt: number
  traceId: TraceId.TraceId | undefined
  parentAt: number
  parentSpanId: SpanId.SpanId | undefined
}

// The tags of the fields, which are bytes; the flags have a second one.
const TRACE_ID = 0x0a
const SPAN_ID = 0x12
const TRACE_STATE = 0x1a
const PARENT_SPAN_ID = 0x22
const NAME = 0x2a
const KIND = 0x30
const START_TIME = 0x39
const END_TIME = 0x41
const ATTRIBUTE = 0x4a
const DROPPED_ATTRIBUTES = 0x50
const EVENT = 0x5a
const DROPPED_EVENTS = 0x60
const LINK = 0x6a
const DROPPED_LINKS = 0x70
const STATUS = 0x7a
const FLAGS = 0x85

const FLAGS_SECOND = 0x01

/** In place of a position: give up. */
const GIVE_UP = -1

/** Shared by spans without events and links, and never changed. */
const NO_EVENTS: ReadonlyArray<SpanEvent> = /* @__PURE__ */ Object.freeze([])
const NO_LINKS: ReadonlyArray<SpanLink> = /* @__PURE__ */ Object.freeze([])

// constructors

export const make = (
  plans: KeyPlans.KeyPlans,
  scanned: ScannedSpan.ScannedSpan,
): SpanScanner => ({
  plans,
  scanned,
  texts: TextCache.make(),
  traceAt: 0,
  traceId: undefined,
  parentAt: 0,
  parentSpanId: undefined,
})

/**
 * A reader that describes each span at once. It gives `true` for a span, and `undefined`, with the failure in the wire, for one that
 * cannot be read.
 */
export const reading = (
  scanner: SpanScanner,
  step: Pick<ScannedStep<unknown>, 'add' | 'addWhole'>,
): ((wire: Wire.Wire, resource: Resource, scope: Scope) => true | undefined) => {
  let current: Wire.Wire | undefined
  return (wire, resource, scope) => {
    if (wire !== current) {
      start(scanner, wire)
      current = wire
    }
    const { start: from, stop, replaced, nested, parts } = wire
    const places = wire.places.length
    if (scan(scanner, wire, resource, scope) && step.add()) return true
    Object.assign(wire, { start: from, stop, replaced, nested, parts, failure: undefined })
    wire.places.length = places
    wire.pbf.pos = from
    const span = SpanReader.read(wire, resource, scope)
    if (span === undefined) return undefined
    step.addWhole(span)
    return true
  }
}

/** Begins a request. */
const start = (scanner: SpanScanner, wire: Wire.Wire): void => {
  scanner.traceId = undefined
  scanner.parentSpanId = undefined
  const { attributes } = scanner.scanned
  const { buffer, byteOffset, byteLength } = wire.bytes
  attributes.source = new DataView(buffer, byteOffset, byteLength)
  const { texts } = scanner
  attributes.decode = (from, to) => {
    const isShort = to - from <= TextCache.MAX_LENGTH
    const known = isShort ? TextCache.get(texts, wire.bytes, from, to) : undefined
    if (known !== undefined) return known
    wire.start = from
    wire.stop = to
    const text = Text.text(wire)
    if (isShort) TextCache.set(texts, wire.bytes, { from, to }, text)
    return text
  }
}

// decoding

/** Scans the current value. False if it gave up; then the repairs and the failure of the wire mean nothing. */
const scan = (
  scanner: SpanScanner,
  wire: Wire.Wire,
  resource: Resource,
  scope: Scope,
): boolean => {
  const { fields, attributes } = scanner.scanned
  const { start: from, stop: end } = wire
  clear(fields, resource, scope)
  attributes.count = 0
  return scanFields(scanner, wire, from, end) && wire.failure === undefined
}

const clear = (fields: ScannedSpan.ScannedFields, resource: Resource, scope: Scope): void => {
  fields.parentSpanId = undefined
  fields.name = ''
  fields.kind = 'UNSPECIFIED'
  fields.startMicros = Micros.zero
  fields.endMicros = Micros.zero
  fields.status = SpanStatus.unset
  fields.doubles = undefined
  fields.events = NO_EVENTS
  fields.links = NO_LINKS
  fields.flags = undefined
  fields.traceState = ''
  fields.droppedAttributes = 0
  fields.droppedEvents = 0
  fields.droppedLinks = 0
  fields.resource = resource
  fields.scope = scope
}

/** The bits of the fields that a span must have. */
const IDS = (1 << (TRACE_ID >> 3)) | (1 << (SPAN_ID >> 3))

const scanFields = (scanner: SpanScanner, wire: Wire.Wire, from: number, end: number): boolean => {
  // hot: once for each field of each span
  const { bytes } = wire
  let at = from
  let seen = 0
  while (at < end) {
    const tag = bytes[at] ?? 0
    if (tag === ATTRIBUTE) {
      const first = bytes[at + 1] ?? 0
      const second = bytes[at + 2] ?? 0
      const isLong = first >= 0x80
      if (isLong && second >= 0x80) return false
      const start = at + (isLong ? 3 : 2)
      at = start + (isLong ? (first & 0x7f) | (second << 7) : first)
      if (at > end || !scanAttribute(scanner, wire, start, at)) return false
      continue
    }
    const bit = 1 << (tag >> 3)
    if (tag !== EVENT && tag !== LINK) {
      if ((seen & bit) !== 0) return false
      seen |= bit
    }
    at = isFixed(tag) ? scanFixed(scanner, wire, at, end) : scanSized(scanner, wire, at, end)
    if (at === GIVE_UP) return false
  }
  return at === end && (seen & IDS) === IDS
}

const isFixed = (tag: number): boolean => (tag & 7) !== Wire.BYTES

/** Scans a number. Returns the position behind it. */
const scanFixed = (
  { scanned: { fields } }: SpanScanner,
  { bytes }: Wire.Wire,
  at: number,
  end: number,
): number => {
  const tag = bytes[at] ?? 0
  if (tag === START_TIME || tag === END_TIME) {
    if (at + 9 > end) return GIVE_UP
    const micros = Micros.fromNanoWords(word(bytes, at + 5), word(bytes, at + 1))
    if (tag === START_TIME) fields.startMicros = micros
    else fields.endMicros = micros
    return at + 9
  }
  if (tag === FLAGS) {
    if (bytes[at + 1] !== FLAGS_SECOND || at + 6 > end) return GIVE_UP
    fields.flags = word(bytes, at + 2)
    return at + 6
  }
  const number = bytes[at + 1] ?? 0
  if (at + 2 > end || number >= 0x80) return GIVE_UP
  if (tag === KIND) fields.kind = SpanKind.all[number] ?? 'UNSPECIFIED'
  else if (tag === DROPPED_ATTRIBUTES) fields.droppedAttributes = number
  else if (tag === DROPPED_EVENTS) fields.droppedEvents = number
  else if (tag === DROPPED_LINKS) fields.droppedLinks = number
  else return GIVE_UP
  return at + 2
}

const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)) >>>
  0

/** Scans a value with a length. Returns the position behind it. */
const scanSized = (scanner: SpanScanner, wire: Wire.Wire, at: number, end: number): number => {
  const { bytes } = wire
  const first = bytes[at + 1] ?? 0
  const second = bytes[at + 2] ?? 0
  const isLong = first >= 0x80
  if (isLong && second >= 0x80) return GIVE_UP
  const start = at + (isLong ? 3 : 2)
  const stop = start + (isLong ? (first & 0x7f) | (second << 7) : first)
  if (stop > end) return GIVE_UP
  wire.start = start
  wire.stop = stop
  wire.pbf.pos = start
  return scanValue(scanner, wire, bytes[at] ?? 0) ? stop : GIVE_UP
}

/** Scans the current value. False to give up. */
const scanValue = (scanner: SpanScanner, wire: Wire.Wire, tag: number): boolean => {
  const { fields } = scanner.scanned
  switch (tag) {
    case TRACE_ID:
      return scanTraceId(scanner, wire)
    case SPAN_ID: {
      const id = SpanId.fromBytes(wire.bytes, wire.start, wire.stop)
      if (id === undefined) return false
      fields.spanId = id
      return true
    }
    case PARENT_SPAN_ID:
      return wire.start === wire.stop || scanParentId(scanner, wire)
    case NAME:
      fields.name = Text.key(wire)
      return true
    case TRACE_STATE:
      fields.traceState = Text.text(wire)
      return true
    case STATUS:
      if (wire.start !== wire.stop) fields.status = SpanReader.status(wire, SpanStatus.unset)
      return true
    case EVENT:
      return scanEvent(fields, wire)
    case LINK:
      return scanLink(fields, wire)
    default:
      return false
  }
}

const scanTraceId = (scanner: SpanScanner, { bytes, start, stop }: Wire.Wire): boolean => {
  if (scanner.traceId === undefined || !isSame(bytes, scanner.traceAt, start, stop)) {
    scanner.traceId = TraceId.fromBytes(bytes, start, stop)
    scanner.traceAt = start
  }
  if (scanner.traceId === undefined || stop - start !== 16) return false
  scanner.scanned.fields.traceId = scanner.traceId
  return true
}

const scanParentId = (scanner: SpanScanner, { bytes, start, stop }: Wire.Wire): boolean => {
  if (scanner.parentSpanId === undefined || !isSame(bytes, scanner.parentAt, start, stop)) {
    scanner.parentSpanId = SpanId.fromBytes(bytes, start, stop)
    scanner.parentAt = start
  }
  if (scanner.parentSpanId === undefined || stop - start !== 8) return false
  scanner.scanned.fields.parentSpanId = scanner.parentSpanId
  return true
}

const isSame = (bytes: Uint8Array, known: number, start: number, stop: number): boolean => {
  for (let i = start; i < stop; i++) if (bytes[i] !== bytes[known + i - start]) return false
  return true
}

const scanEvent = (fields: ScannedSpan.ScannedFields, wire: Wire.Wire): boolean => {
  const { parts } = wire
  const event = EventReader.read(wire, '')
  if (event === undefined || wire.parts !== parts) return false
  if (fields.events === NO_EVENTS) fields.events = [event]
  // A list that this scanner made for this span.
  else (fields.events as Array<SpanEvent>).push(event)
  return true
}

const scanLink = (fields: ScannedSpan.ScannedFields, wire: Wire.Wire): boolean => {
  if (fields.links === NO_LINKS) fields.links = []
  const { parts } = wire
  // As above.
  const links = fields.links as Array<SpanLink>
  return LinkReader.read(wire, '', { links, withoutIds: [] }) && wire.parts === parts
}
