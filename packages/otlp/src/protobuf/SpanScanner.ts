/**
 * Scans one span of a request in protobuf: finds its parts, and decodes all but the texts of its attributes. It reads the encoding
 * that senders write: each field once, and lengths of at most two bytes. For anything else, and for a part that cannot be
 * read, it gives up, and `SpanReader` reads the span: it never accepts what that refuses.
 *
 * Law: it finds what `SpanReader` reads. Source: `opentelemetry/proto/trace/v1/trace.proto`.
 */

import * as Micros from '@sentry-exporter/core/Micros'
import type { KeyPlans, ScannedSpan, ScannedStep } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import { scanAttribute } from './AttributeScanner.ts'
import * as SpanReader from './SpanReader.ts'
import {
  EVENT,
  LINK,
  NO_EVENTS,
  NO_LINKS,
  SPAN_ID,
  scanValue,
  TRACE_ID,
  type ValueScanner,
} from './SpanValueScanner.ts'
import * as Text from './Text.ts'
import * as TextCache from './TextCache.ts'
import * as Wire from './Wire.ts'

// model

/** Mutable; one owner. */
export interface SpanScanner extends ValueScanner {
  readonly plans: KeyPlans.KeyPlans
  readonly texts: TextCache.TextCache
}

// The tags of the fields, which are bytes; the flags have a second one.
const KIND = 0x30
const START_TIME = 0x39
const END_TIME = 0x41
const ATTRIBUTE = 0x4a
const DROPPED_ATTRIBUTES = 0x50
const DROPPED_EVENTS = 0x60
const DROPPED_LINKS = 0x70
const FLAGS = 0x85

const FLAGS_SECOND = 0x01

/** In place of a position: give up. */
const GIVE_UP = -1

// constructors

export const make = (plans: KeyPlans.KeyPlans, scanned: ScannedSpan.ScannedSpan): SpanScanner => ({
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
    scanner.plans.begin()
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
const scan = (scanner: SpanScanner, wire: Wire.Wire, resource: Resource, scope: Scope): boolean => {
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
    const bit = 1 << (tag >> 3)
    if (tag !== ATTRIBUTE && tag !== EVENT && tag !== LINK) {
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
  const tag = bytes[at] ?? 0
  if (tag === ATTRIBUTE) return scanAttribute(scanner, wire, start, stop) ? stop : GIVE_UP
  wire.start = start
  wire.stop = stop
  wire.pbf.pos = start
  return scanValue(scanner, wire, tag) ? stop : GIVE_UP
}
