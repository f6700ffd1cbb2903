/**
 * Attribute values and lists of attributes. Hot: runs once for each attribute, so it uses plain tests and loops.
 * Source: `opentelemetry/proto/common/v1/common.proto`.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import { Base64 } from '@sentry-exporter/core/pipeline'
import { MAX_LEVELS } from '../nesting.ts'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// model

/** The numbers that JSON cannot express, by their names in protobuf's JSON encoding. */
const NAMED: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity'])

const DECIMAL = /^-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$/

// decoding

/** Decodes a list of keys and values. The last value of a repeated key wins. */
export const attributes = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
  level = 0,
): Attributes.Attributes => {
  if (level === 0) cursor.doubles = undefined
  const pairs = Scalar.list(cursor, value, path)
  // An earlier failure belongs to another place: stop without changing its path.
  if (pairs.length === 0 || cursor.failure !== undefined) return Attributes.empty
  const found: Record<string, Attributes.AttributeValue> = {}
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]
    if (!Scalar.isFields(pair)) {
      Cursor.fail(cursor, `${path}[${i}]`, 'a key and a value', pair)
      return found
    }
    const key = pair['key']
    if (typeof key !== 'string') {
      Cursor.fail(cursor, `${path}[${i}].key`, 'a string', key)
      return found
    }
    cursor.isWhole = false
    const value = anyValue(cursor, pair['value'], level)
    Json.set(found, key, value)
    if (cursor.isWhole) Cursor.noteDouble(cursor, typeof value === 'number' ? level : 1, key)
    if (cursor.failure !== undefined) {
      Cursor.inside(cursor, `${path}[${i}].value`)
      return found
    }
  }
  return found
}

/** Decodes one value at `path`. */
export const value = (
  cursor: Cursor.Cursor,
  raw: unknown,
  path: string,
): Attributes.AttributeValue => {
  if (cursor.failure !== undefined) return null
  const found = anyValue(cursor, raw, 0)
  Cursor.inside(cursor, path)
  return found
}

const anyValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue => {
  if (Scalar.isAbsent(value)) return null
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '', 'an object', value)
    return null
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
  if (!Scalar.isAbsent(text)) Cursor.fail(cursor, '.stringValue', 'a string', text)
  else if (!Scalar.isAbsent(boolean)) Cursor.fail(cursor, '.boolValue', 'a boolean', boolean)
  // The value is empty, or of a kind that this version does not know.
  return null
}

const intValue = (cursor: Cursor.Cursor, value: unknown): number | bigint => {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) cursor.rounded++
    return value
  }
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) {
    const number = Number(value)
    if (Number.isSafeInteger(number)) return number
    const exact = BigInt(value)
    if (BigInt.asIntN(64, exact) === exact) return exact
  }
  Cursor.fail(cursor, '.intValue', 'a 64-bit integer', value)
  return 0
}

const doubleValue = (cursor: Cursor.Cursor, value: unknown): number => {
  if (typeof value === 'number') return trackWholeDouble(cursor, value)
  if (typeof value === 'string' && (NAMED.has(value) || DECIMAL.test(value))) {
    return trackWholeDouble(cursor, Number(value))
  }
  Cursor.fail(cursor, '.doubleValue', 'a number', value)
  return 0
}

const trackWholeDouble = (cursor: Cursor.Cursor, double: number): number => {
  cursor.isWhole = Number.isInteger(double)
  return double
}

const bytesValue = (cursor: Cursor.Cursor, value: unknown): Uint8Array | null => {
  const bytes = typeof value === 'string' ? Base64.decode(value) : undefined
  if (bytes === undefined) Cursor.fail(cursor, '.bytesValue', 'base64', value)
  return bytes ?? null
}

const arrayValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '.arrayValue', 'an object', value)
    return null
  }
  if (isTooDeep(cursor, level)) return null
  const values = Scalar.list(cursor, value['values'], '.arrayValue.values')
  const found: Array<Attributes.AttributeValue> = []
  for (let i = 0; i < values.length; i++) {
    found.push(anyValue(cursor, values[i], level + 1))
    if (cursor.failure !== undefined) {
      Cursor.inside(cursor, `.arrayValue.values[${i}]`)
      return found
    }
  }
  return found
}

const mapValue = (
  cursor: Cursor.Cursor,
  value: unknown,
  level: number,
): Attributes.AttributeValue => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '.kvlistValue', 'an object', value)
    return null
  }
  if (isTooDeep(cursor, level)) return null
  return attributes(cursor, value['values'], '.kvlistValue.values', level + 1)
}

const isTooDeep = (cursor: Cursor.Cursor, level: number): boolean => {
  if (level < MAX_LEVELS) return false
  cursor.nested++
  return true
}
