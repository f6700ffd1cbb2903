/**
 * The scalars of protobuf's JSON encoding: integers are numbers or digits, enums are numbers or names, and null is the
 * default. A value that cannot be read is a part that is left out: the scalar has its default. Source:
 * protobuf.dev/programming-guides/json, and opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".
 */
import * as Micros from '@sentry-exporter/core/Micros'
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

const EMPTY: ReadonlyArray<unknown> = /* @__PURE__ */ Object.freeze([])

/** A list; an absent one is empty. */
export const list = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  if (!isAbsent(value)) Cursor.skip(cursor, path, 'an array', value)
  return EMPTY
}

export const text = (cursor: Cursor.Cursor, value: unknown, path: string): string => {
  if (typeof value === 'string') return value
  if (!isAbsent(value)) Cursor.skip(cursor, path, 'a string', value)
  return ''
}

/** Nanoseconds since 1970, as microseconds; absent is zero. */
export const time = (cursor: Cursor.Cursor, value: unknown, path: string): Micros.Micros => {
  if (isAbsent(value) || value === '') return Micros.zero
  const micros =
    typeof value === 'string' || typeof value === 'number'
      ? (Micros.fromNanos(value) ?? Micros.fromNanos(integer(value) ?? -1))
      : typeof value === 'bigint'
        ? Micros.fromNanos(String(value))
        : undefined
  if (micros === undefined) Cursor.skip(cursor, path, 'nanoseconds since 1970', value)
  return micros ?? Micros.zero
}

/** The nanoseconds that `time` cuts off; 0 for a value in a form that has none. */
export const nanosAfter = (value: unknown): number =>
  typeof value === 'string' || typeof value === 'number'
    ? Micros.nanosAfter(value)
    : typeof value === 'bigint'
      ? Micros.nanosAfter(String(value))
      : 0

/** An unsigned 32-bit integer; absent is `undefined`. */
export const uint32 = (cursor: Cursor.Cursor, value: unknown, path: string): number | undefined => {
  if (isAbsent(value)) return undefined
  const number = integer(value)
  if (number !== undefined && number >= 0 && number < 2 ** 32) return number
  Cursor.skip(cursor, path, 'an unsigned 32-bit integer', value)
  return undefined
}

/** The attributes that the SDK left out of a span, an event, a link or a record; 0 if none. */
export const droppedAttributes = (cursor: Cursor.Cursor, value: JsonFields): number =>
  uint32(
    cursor,
    value['droppedAttributesCount'] ?? value['dropped_attributes_count'],
    '.droppedAttributesCount',
  ) ?? 0

/** The number of an enum, or the index of its name after a prefix; `undefined` for any other value. */
export const enumNumber = (
  value: unknown,
  prefix: string,
  names: ReadonlyArray<string>,
): number | undefined => {
  if (typeof value === 'string' && value.startsWith(prefix)) {
    const index = names.indexOf(value.slice(prefix.length))
    return index < 0 ? undefined : index
  }
  return integer(value)
}

/** A signed 32-bit integer; `undefined` for any other value. */
export const int32 = (value: unknown): number | undefined => {
  const number = integer(value)
  return number !== undefined && number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined
}

/** A signed 64-bit integer as a number; `undefined` for any other value. Rounded beyond 2^53, which is counted. */
export const int64 = (cursor: Cursor.Cursor, value: unknown): number | undefined =>
  between(cursor, value, -(2 ** 63), 2 ** 63)

/** The same, unsigned. */
export const uint64 = (cursor: Cursor.Cursor, value: unknown): number | undefined =>
  between(cursor, value, 0, 2 ** 64)

/** The limits are numbers that the largest integers are rounded to. */
const between = (
  cursor: Cursor.Cursor,
  value: unknown,
  min: number,
  max: number,
): number | undefined => {
  const number = integer(typeof value === 'bigint' ? Number(value) : value)
  if (number === undefined || number < min || number > max) return undefined
  if (!Number.isSafeInteger(number)) cursor.rounded++
  return number
}

/** The numbers that JSON cannot express, by their names in protobuf's JSON encoding. */
const NAMED: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity'])

const DOUBLE = /^-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$/

/** A number, or the text of one; `undefined` for any other value. */
export const double = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && (NAMED.has(value) || DOUBLE.test(value))
    ? Number(value)
    : undefined
}

/** Digits, with a fraction of zeros or an exponent if the value is still whole. */
const DECIMAL = /^-?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?$/

/** An integer as a number, or as text. Beyond 2^53 it may be rounded. */
const integer = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}
