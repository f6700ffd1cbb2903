/**
 * Whether bytes are a request of OTLP in protobuf, and of which signal. The requests of all signals have the same structure:
 * resources contain scopes, and scopes contain items.
 */
import * as Wire from './Wire.ts'

// model

export type SignalName = 'traces' | 'logs' | 'metrics'

const RESOURCES = Wire.tag(1, Wire.BYTES)
/** The scopes of a resource, and the items of a scope. */
const CONTENT = Wire.tag(2, Wire.BYTES)
const OLD_SCOPES = Wire.tag(1000, Wire.BYTES)

/**
 * Fields that only one kind of item has, by number and wire type. A span has its times in fields 7 and 8; a log record its time in
 * field 1 or 11, and its severity and flags as numbers.
 */
const SPAN_ONLY = [7, 8].map((field) => Wire.tag(field, Wire.FIXED64))
const LOG_ONLY = [
  Wire.tag(1, Wire.FIXED64),
  Wire.tag(11, Wire.FIXED64),
  Wire.tag(2, Wire.VARINT),
  Wire.tag(8, Wire.FIXED32),
]

/** The sum of a metric. Metrics of other kinds have no field that is theirs alone. */
const METRIC_ONLY = Wire.tag(7, Wire.BYTES)

const FIRST = Wire.tag(1, Wire.BYTES)

const TRACE_ID_BYTES = 16

/** Items that are looked at: one without any field of these is rare. */
const MAX_ITEMS = 100

// guards

/** Whether the outer messages of a request are framed without an error, and have the fields of a request. */
export const isRequest = (bytes: Uint8Array): boolean => {
  const wire = Wire.start(bytes)
  let isKnown = false
  while (Wire.next(wire, bytes.length)) {
    const { stop, tag } = wire
    if (tag === RESOURCES && !hasKnownFields(wire)) return false
    isKnown ||= tag === RESOURCES
    wire.pbf.pos = stop
  }
  return isKnown && wire.failure === undefined
}

/** Whether the current value is a message with fields of a resource's group, or an empty one. */
const hasKnownFields = (wire: Wire.Wire): boolean => {
  const end = wire.stop
  let isKnown = wire.start === end
  while (Wire.next(wire, end)) {
    isKnown ||= wire.tag === RESOURCES || wire.tag === CONTENT || wire.tag === OLD_SCOPES
    wire.pbf.pos = wire.stop
  }
  return isKnown && wire.failure === undefined
}

// decoding

/** The signal of a request, by its first items; traces if they do not show it. */
export const signalOf = (bytes: Uint8Array): SignalName => {
  let found: SignalName | undefined
  let items = 0
  eachItem(bytes, (wire) => {
    found = itemSignal(wire)
    return found === undefined && ++items < MAX_ITEMS
  })
  return found ?? 'traces'
}

/** Visits the items of a request, until a visit returns false. */
const eachItem = (bytes: Uint8Array, visit: (wire: Wire.Wire) => boolean): void => {
  const wire = Wire.start(bytes)
  let isOver = false
  const inside = (level: number, end: number): void => {
    while (!isOver && Wire.next(wire, end)) {
      const { stop, tag } = wire
      if (level === 2 && tag === CONTENT) isOver = !visit(wire)
      else if (level < 2 && isGroup(level, tag)) inside(level + 1, stop)
      wire.pbf.pos = stop
    }
  }
  inside(0, bytes.length)
}

const isGroup = (level: number, tag: number): boolean =>
  level === 0 ? tag === RESOURCES : tag === CONTENT || tag === OLD_SCOPES

const itemSignal = (wire: Wire.Wire): SignalName | undefined => {
  const end = wire.stop
  let first: SignalName | undefined
  while (Wire.next(wire, end)) {
    if (SPAN_ONLY.includes(wire.tag)) return 'traces'
    if (LOG_ONLY.includes(wire.tag)) return 'logs'
    if (wire.tag === METRIC_ONLY) return 'metrics'
    // The id of a span's trace, or the name of a metric.
    if (wire.tag === FIRST) first = isTraceId(wire) ? 'traces' : 'metrics'
    wire.pbf.pos = wire.stop
  }
  return first
}

/** Whether the current value may be the id of a trace. A name has as many bytes by chance, and they are printable. */
const isTraceId = (wire: Wire.Wire): boolean =>
  Wire.lengthOf(wire) === TRACE_ID_BYTES &&
  wire.bytes.subarray(wire.start, wire.stop).some((byte) => byte < 0x20 || byte > 0x7e)

// folds

/**
 * The messages of a file of the Collector's file exporter in protobuf: each behind its length in four bytes, the highest first.
 * `undefined` if the bytes are something else; a last message may be cut.
 * Source: `exporter/fileexporter` of opentelemetry-collector-contrib.
 */
export const records = (bytes: Uint8Array): ReadonlyArray<Uint8Array> | undefined => {
  const found: Array<Uint8Array> = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + LENGTH_BYTES <= bytes.length) {
    const end = at + LENGTH_BYTES + view.getUint32(at)
    const record = bytes.subarray(at + LENGTH_BYTES, end)
    if (found.length === 0 && !isRequest(record)) return undefined
    found.push(record)
    at = end
  }
  return found.length === 0 ? undefined : found
}

const LENGTH_BYTES = 4
