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

/** The current value as an id; `undefined` for any other value. */
export const parseTraceId = ({ bytes, start, stop }: Wire.Wire): TraceId.TraceId | undefined =>
  TraceId.fromBytes(bytes, start, stop)

export const parseSpanId = ({ bytes, start, stop }: Wire.Wire): SpanId.SpanId | undefined =>
  SpanId.fromBytes(bytes, start, stop)

/** The current value as an id; `undefined` with the failure in the wire. */
export const traceId = (wire: Wire.Wire, path: string): TraceId.TraceId | undefined => {
  const id = parseTraceId(wire)
  if (id === undefined) Wire.fail(wire, path, TRACE_ID_SHAPE, show(wire))
  return id
}

export const spanId = (wire: Wire.Wire, path: string): SpanId.SpanId | undefined => {
  const id = parseSpanId(wire)
  if (id === undefined) Wire.fail(wire, path, SPAN_ID_SHAPE, show(wire))
  return id
}

/** The id at `.traceId`; `undefined` if there is none. One that cannot be read is left out. */
export const optionalTraceId = (wire: Wire.Wire): TraceId.TraceId | undefined => {
  const id = isAbsent(wire) ? undefined : traceId(wire, '.traceId')
  if (wire.failure !== undefined) Wire.skip(wire, '')
  return id
}

/** The same at `.spanId`. */
export const optionalSpanId = (wire: Wire.Wire): SpanId.SpanId | undefined => {
  const id = isAbsent(wire) ? undefined : spanId(wire, '.spanId')
  if (wire.failure !== undefined) Wire.skip(wire, '')
  return id
}

// encoding

/** `5 bytes` or `16 zeros`. */
export const show = (wire: Wire.Wire): string =>
  isAbsent(wire) ? `${Wire.lengthOf(wire)} zeros` : `${Wire.lengthOf(wire)} bytes`
