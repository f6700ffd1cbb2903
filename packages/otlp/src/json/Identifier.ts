/**
 * Trace and span ids in the encodings in which they arrive. OTLP's JSON has hexadecimal digits; protobuf's own JSON mapping,
 * which Grafana Tempo and OTLP exporters in Swift and older Go print, has base64. Bytes come from values that were never JSON.
 *
 * A text is read as base64 only if its length fits and it is not hexadecimal: a shortened id is not mistaken for another one.
 */

import { Base64 } from '@sentry-exporter/core/pipeline'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// guards

/** An absent id, an empty one, or only zeros, in any encoding. */
export const isNone = (value: unknown): boolean => {
  if (Scalar.isAbsent(value)) return true
  if (typeof value === 'string') return ZEROS.test(value)
  return value instanceof Uint8Array && value.every((byte) => byte === 0)
}

/** Zeros as hexadecimal digits, or as base64, where `A` is zero. */
const ZEROS = /^(0*|0x0+|A{11}=?|A{22}(==)?)$/

const HEX = /^[0-9a-fA-F]+$/

const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/

// decoding

export const traceId = (cursor: Cursor.Cursor, value: unknown): TraceId.TraceId | undefined => {
  // hot: nearly all ids are 32 hexadecimal digits
  const id = typeof value === 'string' ? TraceId.parse(value) : undefined
  if (id !== undefined) return id
  const digits = hexOf(value, 16)
  const read = digits === undefined ? undefined : TraceId.parse(digits)
  if (read !== undefined) cursor.ids++
  return read
}

export const spanId = (cursor: Cursor.Cursor, value: unknown): SpanId.SpanId | undefined => {
  const id = typeof value === 'string' ? SpanId.parse(value) : undefined
  if (id !== undefined) return id
  const digits = hexOf(value, 8)
  const read = digits === undefined ? undefined : SpanId.parse(digits)
  if (read !== undefined) cursor.ids++
  return read
}

/** The id at `.traceId`; `undefined` if there is none. One that cannot be read is left out. */
export const optionalTraceId = (
  cursor: Cursor.Cursor,
  value: unknown,
): TraceId.TraceId | undefined => {
  if (isNone(value)) return undefined
  const id = traceId(cursor, value)
  if (id === undefined) Cursor.skip(cursor, '.traceId', '32 hex characters, not all zero', value)
  return id
}

/** The same at `.spanId`. */
export const optionalSpanId = (
  cursor: Cursor.Cursor,
  value: unknown,
): SpanId.SpanId | undefined => {
  if (isNone(value)) return undefined
  const id = spanId(cursor, value)
  if (id === undefined) Cursor.skip(cursor, '.spanId', '16 hex characters, not all zero', value)
  return id
}

/** The hexadecimal digits of an id of so many bytes in another encoding. */
const hexOf = (value: unknown, length: number): string | undefined => {
  if (value instanceof Uint8Array) return digitsOf(value, length)
  if (typeof value !== 'string') return undefined
  if (/^0x/i.test(value)) return value.slice(2)
  if (length === 16 && UUID.test(value)) return value.replaceAll('-', '')
  const padded = Math.ceil(length / 3) * 4
  const unpadded = Math.ceil((length * 4) / 3)
  const isBase64 =
    value.length === padded ? value.endsWith('=') : value.length === unpadded && !HEX.test(value)
  const bytes = isBase64 ? Base64.decode(value) : undefined
  return bytes === undefined ? undefined : digitsOf(bytes, length)
}

const digitsOf = (bytes: Uint8Array, length: number): string | undefined =>
  bytes.length === length
    ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    : undefined
