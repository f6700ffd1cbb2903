/**
 * The scalars of protobuf's JSON encoding: 64-bit integers are numbers or digits, enums are numbers or names, and null is
 * the default. Source: protobuf.dev/programming-guides/json, and opentelemetry.io/docs/specs/otlp,
 * "JSON Protobuf Encoding".
 */
import * as Micros from '@sentry-exporter/core/Micros'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as Cursor from './Cursor.ts'

// model

/** A JSON object that is not decoded yet. */
export interface JsonFields {
  readonly [key: string]: unknown
}

// guards

export const isFields = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isAbsent = (value: unknown): value is undefined | null =>
  value === undefined || value === null

// decoding

const EMPTY: ReadonlyArray<unknown> = Object.freeze([])

/** A list; an absent one is empty. */
export const list = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  if (!isAbsent(value)) Cursor.fail(cursor, path, 'an array', value)
  return EMPTY
}

export const text = (cursor: Cursor.Cursor, value: unknown, path: string): string => {
  if (typeof value === 'string') return value
  if (!isAbsent(value)) Cursor.fail(cursor, path, 'a string', value)
  return ''
}

export const traceId = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): TraceId.TraceId | undefined => {
  const id = typeof value === 'string' ? TraceId.parse(value) : undefined
  if (id === undefined) Cursor.fail(cursor, path, '32 hex characters, not all zero', value)
  return id
}

export const spanId = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): SpanId.SpanId | undefined => {
  const id = typeof value === 'string' ? SpanId.parse(value) : undefined
  if (id === undefined) Cursor.fail(cursor, path, '16 hex characters, not all zero', value)
  return id
}

/** An absent, empty or all-zero id means that there is no parent. */
export const parentSpanId = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): SpanId.SpanId | undefined => {
  if (isAbsent(value) || value === '' || value === SpanId.ZERO) return undefined
  return spanId(cursor, value, path)
}

/** Nanoseconds since 1970, as microseconds; absent is zero. */
export const time = (cursor: Cursor.Cursor, value: unknown, path: string): Micros.Micros => {
  if (isAbsent(value) || value === '') return Micros.zero
  const micros =
    typeof value === 'string' || typeof value === 'number' ? Micros.fromNanos(value) : undefined
  if (micros === undefined) Cursor.fail(cursor, path, 'nanoseconds since 1970', value)
  return micros ?? Micros.zero
}

/** An unsigned 32-bit integer; absent is `undefined`. */
export const uint32 = (cursor: Cursor.Cursor, value: unknown, path: string): number | undefined => {
  if (isAbsent(value)) return undefined
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 2 ** 32) {
    return number
  }
  Cursor.fail(cursor, path, 'an unsigned 32-bit integer', value)
  return undefined
}
