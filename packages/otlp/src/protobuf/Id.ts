/** Ids of traces and spans, which protobuf has as bytes. */
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as Wire from './Wire.ts'

// model

export const TRACE_ID_SHAPE = '16 bytes, not all zero'

export const SPAN_ID_SHAPE = '8 bytes, not all zero'

// guards

/** Whether the current value has no bytes but zeros: there is no id. */
export const isAbsent = ({ bytes, start, stop }: Wire.Wire): boolean => {
  for (let i = start; i < stop; i++) if (bytes[i] !== 0) return false
  return true
}

// decoding

/** The current value as an id; `undefined` with the failure in the wire. */
export const traceId = (wire: Wire.Wire, path: string): TraceId.TraceId | undefined => {
  const id = TraceId.fromBytes(wire.bytes, wire.start, wire.stop)
  if (id === undefined) Wire.fail(wire, path, TRACE_ID_SHAPE, found(wire))
  return id
}

export const spanId = (wire: Wire.Wire, path: string): SpanId.SpanId | undefined => {
  const id = SpanId.fromBytes(wire.bytes, wire.start, wire.stop)
  if (id === undefined) Wire.fail(wire, path, SPAN_ID_SHAPE, found(wire))
  return id
}

const found = (wire: Wire.Wire): string =>
  isAbsent(wire) ? `${Wire.lengthOf(wire)} zeros` : `${Wire.lengthOf(wire)} bytes`
