/**
 * Attributes of the SDK as attributes of the core. They are nearly always valid already, and the record itself is returned: the SDK
 * does not change the attributes of a span that has ended.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import * as Findings from './Findings.ts'

// model

/** As in OTLP: deeper values are replaced by null and counted. */
const MAX_LEVELS = 32

// decoding

/** Null for values that OpenTelemetry does not have: functions and symbols. */
export const attributes = (
  findings: Findings.Findings,
  source: object | undefined | null,
  path: string,
): Attributes.Attributes => {
  // hot: once for each span
  if (source === undefined || source === null) return Attributes.empty
  if (typeof source !== 'object') {
    Findings.skip(findings, path, 'an object', source)
    return Attributes.empty
  }
  // An object is a record of values that nobody has checked.
  const record = source as Readonly<Record<string, unknown>>
  let last: string | undefined
  for (const key in record) {
    if (!isPlain(record[key])) return map(findings, record, path, 0)
    last = key
  }
  // Inherited keys come after all others.
  if (last !== undefined && !Object.hasOwn(record, last)) return map(findings, record, path, 0)
  // The loop found only attribute values.
  return record as Attributes.Attributes
}

/** Any value of an attribute, or the body of a log record. */
export const value = (
  findings: Findings.Findings,
  source: unknown,
  path: string,
  level = 0,
): Attributes.AttributeValue => {
  switch (typeof source) {
    case 'string':
    case 'boolean':
    case 'number':
      return source
    case 'undefined':
      return null
    case 'bigint':
      return bigintValue(findings, source, path)
    case 'object':
      return source === null ? null : objectValue(findings, source, path, level)
    default:
      Findings.skip(findings, path, 'an attribute value', source)
      return null
  }
}

const bigintValue = (
  findings: Findings.Findings,
  source: bigint,
  path: string,
): number | bigint | null => {
  const number = Number(source)
  if (Number.isSafeInteger(number)) return number
  if (BigInt.asIntN(64, source) === source) return source
  Findings.skip(findings, path, 'a 64-bit integer', String(source))
  return null
}

const objectValue = (
  findings: Findings.Findings,
  source: object,
  path: string,
  level: number,
): Attributes.AttributeValue => {
  if (source instanceof Uint8Array) return source
  if (level >= MAX_LEVELS) {
    findings.nested++
    return null
  }
  if (Array.isArray(source)) {
    return Array.from(source, (one: unknown, i) => value(findings, one, `${path}[${i}]`, level + 1))
  }
  // As above.
  return map(findings, source as Readonly<Record<string, unknown>>, path, level + 1)
}

const map = (
  findings: Findings.Findings,
  source: Readonly<Record<string, unknown>>,
  path: string,
  level: number,
): Attributes.Attributes => {
  const made: Record<string, Attributes.AttributeValue> = {}
  for (const key of Object.keys(source)) {
    Json.set(made, key, value(findings, source[key], `${path}.${key}`, level))
  }
  return made
}

/** Whether a value is one of the core's without a copy: a scalar, or a list of scalars. */
const isPlain = (source: unknown): boolean =>
  isScalar(source) || (Array.isArray(source) && source.every(isScalar) && !isSparse(source))

const isScalar = (source: unknown): boolean =>
  typeof source === 'string' || typeof source === 'number' || typeof source === 'boolean'

/** `every` skips the holes of a list. */
const isSparse = (list: ReadonlyArray<unknown>): boolean => Object.keys(list).length !== list.length
