/**
 * Attribute values and lists of attributes. Hot: runs once for each attribute, so it uses plain tests and loops.
 * Source: `opentelemetry/proto/common/v1/common.proto`.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import { Base64 } from '@sentry-exporter/core/pipeline'
import * as Cursor from './Cursor.ts'
import { MAX_LEVELS } from './nesting.ts'
import * as Scalar from './Scalar.ts'

// decoding

/**
 * Decodes a list of keys and values. The last value of a repeated key wins. A pair whose key or value cannot be read is left
 * out.
 */
export const attributes = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
  level = 0,
): Attributes.Attributes => {
  if (level === 0) cursor.doubles = undefined
  const pairs = Scalar.list(cursor, value, path)
  if (pairs.length === 0) return Attributes.empty
  const found: Record<string, Attributes.AttributeValue> = {}
  let known = cursor.places.length
  for (let i = 0; i < pairs.length; i++) {
    pairInto(cursor, pairs[i], found, level)
    if (cursor.places.length > known) {
      Cursor.inside(cursor, known, `${path}[${i}]`)
      known = cursor.places.length
    }
  }
  return found
}

const pairInto = (
  cursor: Cursor.Cursor,
  pair: unknown,
  found: Record<string, Attributes.AttributeValue>,
  level: number,
): void => {
  if (!Scalar.isFields(pair)) {
    Cursor.skip(cursor, '', 'a key and a value', pair)
    return
  }
  const key = pair['key']
  if (typeof key !== 'string') {
    Cursor.skip(cursor, '.key', 'a string', key)
    return
  }
  const known = cursor.places.length
  cursor.isWhole = false
  const value = anyValue(cursor, pair['value'], level)
  if (value !== undefined) Json.set(found, key, value)
  // An element of a list may be a whole double too.
  if (cursor.isWhole) Cursor.noteDouble(cursor, typeof value === 'number' ? level : 1, key)
  if (cursor.places.length > known) Cursor.inside(cursor, known, '.value')
}

/** Decodes one value at `path`. A value that cannot be read is null. */
export const value = (
  cursor: Cursor.Cursor,
  raw: unknown,
  path: string,
): Attributes.AttributeValue => {
  const known = cursor.places.length
  const found = anyValue(cursor, raw, 0)
  Cursor.inside(cursor, known, path)
  cursor.isWhole = false
  return found ?? null
}

/** `undefined` for a value that cannot be read. `level` is that of the list or map around it. */
export const anyValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue | undefined => {
  if (Scalar.isAbsent(value)) return null
  if (!Scalar.isFields(value)) {
    Cursor.skip(cursor, '', 'an object', value)
    return undefined
  }
  const text = value['stringValue']
  if (typeof text === 'string') return text
  const integer = value['intValue']
  if (!Scalar.isAbsent(integer)) return intValue(cursor, integer)
  const boolean = value['boolValue']
  if (typeof boolean === 'boolean') return boolean
  const double = value['doubleValue']
  if (!Scalar.isAbsent(double)) return doubleValue(cursor, double)
  const array = value['arrayValue']
  if (!Scalar.isAbsent(array)) return arrayValue(cursor, array, level)
  const map = value['kvlistValue']
  if (!Scalar.isAbsent(map)) return mapValue(cursor, map, level)
  const bytes = value['bytesValue']
  if (!Scalar.isAbsent(bytes)) return bytesValue(cursor, bytes)
  if (!Scalar.isAbsent(text)) {
    Cursor.skip(cursor, '.stringValue', 'a string', text)
    return undefined
  }
  if (!Scalar.isAbsent(boolean)) {
    Cursor.skip(cursor, '.boolValue', 'a boolean', boolean)
    return undefined
  }
  const renamed = camelCased(value)
  // Otherwise the value is empty, or of a kind that this version does not know.
  return renamed === undefined ? null : anyValue(cursor, renamed, level)
}

/** The fields of a value in protobuf's own spelling, and their names in JSON. Parsers accept both. */
const SNAKE_CASE: ReadonlyArray<readonly [string, string]> = [
  ['string_value', 'stringValue'],
  ['int_value', 'intValue'],
  ['bool_value', 'boolValue'],
  ['double_value', 'doubleValue'],
  ['array_value', 'arrayValue'],
  ['kvlist_value', 'kvlistValue'],
  ['bytes_value', 'bytesValue'],
]

const camelCased = (value: Scalar.JsonFields): Scalar.JsonFields | undefined => {
  for (const [snake, camel] of SNAKE_CASE) {
    const found = value[snake]
    if (!Scalar.isAbsent(found)) return { [camel]: found }
  }
  return undefined
}

const intValue = (cursor: Cursor.Cursor, value: unknown): number | bigint | undefined => {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) cursor.rounded++
    return value
  }
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) === value) {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) {
    const number = Number(value)
    if (Number.isSafeInteger(number)) return number
    const exact = BigInt(value)
    if (BigInt.asIntN(64, exact) === exact) return exact
  }
  // Parsers of protobuf's JSON also accept a fraction of zeros and an exponent.
  const whole = typeof value === 'string' ? Scalar.double(value) : undefined
  if (whole !== undefined && Number.isSafeInteger(whole)) return whole
  Cursor.skip(cursor, '.intValue', 'a 64-bit integer', value)
  return undefined
}

const doubleValue = (cursor: Cursor.Cursor, value: unknown): number | undefined => {
  const double = Scalar.double(value)
  if (double !== undefined) return trackWholeDouble(cursor, double)
  Cursor.skip(cursor, '.doubleValue', 'a number', value)
  return undefined
}

const trackWholeDouble = (cursor: Cursor.Cursor, double: number): number => {
  cursor.isWhole = Number.isInteger(double)
  return double
}

const bytesValue = (cursor: Cursor.Cursor, value: unknown): Uint8Array | undefined => {
  if (value instanceof Uint8Array) return value
  const bytes = typeof value === 'string' ? Base64.decode(value) : undefined
  if (bytes === undefined) Cursor.skip(cursor, '.bytesValue', 'base64', value)
  return bytes
}

/** An element that cannot be read becomes null, so that the others keep their positions. */
const arrayValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue | undefined => {
  const values = valuesOf(cursor, value, '.arrayValue')
  if (values === undefined) return undefined
  if (isTooDeep(cursor, level)) return null
  const found: Array<Attributes.AttributeValue> = []
  let known = cursor.places.length
  for (let i = 0; i < values.length; i++) {
    found.push(anyValue(cursor, values[i], level + 1) ?? null)
    if (cursor.places.length > known) {
      Cursor.inside(cursor, known, `.arrayValue.values[${i}]`)
      known = cursor.places.length
    }
  }
  return found
}

const mapValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue | undefined => {
  const values = valuesOf(cursor, value, '.kvlistValue')
  if (values === undefined) return undefined
  if (isTooDeep(cursor, level)) return null
  return attributes(cursor, values, '.kvlistValue.values', level + 1)
}

/** The values of a list or a map; `undefined` if they cannot be read. */
const valuesOf = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): ReadonlyArray<unknown> | undefined => {
  if (!Scalar.isFields(value)) {
    Cursor.skip(cursor, path, 'an object', value)
    return undefined
  }
  const values = value['values'] ?? []
  if (Array.isArray(values)) return values
  Cursor.skip(cursor, `${path}.values`, 'an array', values)
  return undefined
}

const isTooDeep = (cursor: Cursor.Cursor, level: number): boolean => {
  if (level < MAX_LEVELS) return false
  cursor.nested++
  return true
}
