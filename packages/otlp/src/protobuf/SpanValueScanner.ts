/** Scans the values of a span's fields that have a length: ids, texts, the status, events and links. */
import type { ScannedSpan } from '@sentry-exporter/core/pipeline'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanId from '@sentry-exporter/core/SpanId'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as EventReader from './EventReader.ts'
import * as LinkReader from './LinkReader.ts'
import * as SpanReader from './SpanReader.ts'
import * as Text from './Text.ts'
import type * as Wire from './Wire.ts'

// model

/** The ids that the last span had, with their places: they are not decoded again. Mutable. */
export interface ValueScanner {
  readonly scanned: ScannedSpan.ScannedSpan
  traceAt: number
  traceId: TraceId.TraceId | undefined
  parentAt: number
  parentSpanId: SpanId.SpanId | undefined
}

// The tags of the fields.
export const TRACE_ID = 0x0a
export const SPAN_ID = 0x12
const TRACE_STATE = 0x1a
const PARENT_SPAN_ID = 0x22
const NAME = 0x2a
export const EVENT = 0x5a
export const LINK = 0x6a
const STATUS = 0x7a

/** Shared by spans without events and links, and never changed. */
export const NO_EVENTS: ReadonlyArray<SpanEvent> = /* @__PURE__ */ Object.freeze([])
export const NO_LINKS: ReadonlyArray<SpanLink> = /* @__PURE__ */ Object.freeze([])

// decoding

/** Scans the current value. False to give up. */
export const scanValue = (scanner: ValueScanner, wire: Wire.Wire, tag: number): boolean => {
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

const scanTraceId = (scanner: ValueScanner, { bytes, start, stop }: Wire.Wire): boolean => {
  if (scanner.traceId === undefined || !isSame(bytes, scanner.traceAt, start, stop)) {
    scanner.traceId = TraceId.fromBytes(bytes, start, stop)
    scanner.traceAt = start
  }
  if (scanner.traceId === undefined || stop - start !== 16) return false
  scanner.scanned.fields.traceId = scanner.traceId
  return true
}

const scanParentId = (scanner: ValueScanner, { bytes, start, stop }: Wire.Wire): boolean => {
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
