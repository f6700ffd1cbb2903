/**
 * An attribute of a log item, or of a metric item. The server removes one whose value does not have the type that it states, and every value that is
 * nested. Source: `relay-event-normalization/src/eap/mod.rs` of getsentry/relay; lists since Relay 25.12.1.
 *
 * @example
 * ```ts
 * import { TypedAttribute } from '@sentry-exporter/core'
 *
 * console.log(TypedAttribute.of(42)) // { value: 42, type: 'integer' }
 * console.log(TypedAttribute.of({ a: [1] })) // { value: '{"a":[1]}', type: 'string' }
 * console.log(TypedAttribute.print(TypedAttribute.of(9007199254740993n))) // {"value":9007199254740993,"type":"integer"}
 * ```
 */
import { byteLength } from '../internal/text/byteLength.ts'
import type { AttributeValue } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'

// model

export type TypedAttribute =
  | { readonly value: string; readonly type: 'string' }
  | { readonly value: boolean; readonly type: 'boolean' }
  /** Of 64 bits. */
  | { readonly value: number | bigint; readonly type: 'integer' }
  /** Finite. */
  | { readonly value: number; readonly type: 'double' }
  /** Of one type beside nulls. */
  | { readonly value: ReadonlyArray<Element>; readonly type: 'array' }

export type Element = string | boolean | number | null

export interface ItemAttributes {
  readonly [key: string]: TypedAttribute
}

// constructors

export const text = (value: string): TypedAttribute => ({ value, type: 'string' })

/**
 * From an attribute of OpenTelemetry. `isDouble`: a whole number was sent as a double. Values that have no type there become text:
 * maps, and lists of different or nested values, their JSON; bytes their base64; integers beyond 64 bits their digits; numbers that
 * are not finite, and null, their names.
 */
export const of = (value: AttributeValue, isDouble = false): TypedAttribute => {
  switch (typeof value) {
    case 'string':
      return { value, type: 'string' }
    case 'boolean':
      return { value, type: 'boolean' }
    case 'number':
      if (Number.isSafeInteger(value) && !isDouble) return { value, type: 'integer' }
      return Number.isFinite(value) ? { value, type: 'double' } : text(String(value))
    case 'bigint':
      return isLong(value) ? { value, type: 'integer' } : text(String(value))
    default: {
      const json = Json.fromAttribute(value)
      if (typeof json === 'string') return text(json)
      return isFlat(json) ? { value: json, type: 'array' } : text(JSON.stringify(json))
    }
  }
}

// guards

/** Whether an integer has at most 64 bits. */
export const isLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value

/** Whether the elements of a list are scalars of one type, beside nulls. */
export const isFlat = (json: unknown): json is ReadonlyArray<Element> => {
  if (!Array.isArray(json)) return false
  let type: string | undefined
  for (const element of json) {
    if (element === null) continue
    const own = typeof element
    if (own !== 'string' && own !== 'boolean' && own !== 'number') return false
    if (own === 'number' && !Number.isFinite(element)) return false
    if (type !== undefined && type !== own) return false
    type = own
  }
  return true
}

// encoding

/** As JSON. An integer beyond 2^53 keeps its digits, and a whole double has a fraction, so that its type is seen. */
export const print = (attribute: TypedAttribute): string => {
  switch (attribute.type) {
    case 'string':
      return `{"value":${quoted(attribute.value)},"type":"string"}`
    case 'integer':
      return `{"value":${attribute.value},"type":"integer"}`
    case 'double':
      return `{"value":${printDouble(attribute.value)},"type":"double"}`
    case 'boolean':
      return `{"value":${attribute.value},"type":"boolean"}`
    case 'array':
      return `{"value":${JSON.stringify(attribute.value)},"type":"array"}`
  }
}

/** A text that JSON prints as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

/** A text as JSON: `JSON.stringify` takes several times as long for a short one. */
export const quoted = (value: string): string =>
  PLAIN.test(value) ? `"${value}"` : JSON.stringify(value)

const printDouble = (value: number): string => {
  // JSON has a negative zero, which `JSON.stringify` does not write.
  const digits = Object.is(value, -0) ? '-0' : JSON.stringify(value)
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits
}

// folds

const NUMBER_BYTES = 8

/** Bytes as the server counts them for the categories of bytes. Source: `relay-server/src/processing/utils/store.rs` of getsentry/relay. */
export const bytesOf = (attribute: TypedAttribute): number =>
  attribute.type === 'array'
    ? attribute.value.reduce<number>((sum, element) => sum + elementBytes(element), 0)
    : elementBytes(attribute.value)

const elementBytes = (value: Element | bigint): number => {
  if (typeof value === 'string') return byteLength(value)
  if (typeof value === 'boolean') return 1
  return value === null ? 0 : NUMBER_BYTES
}

/** The same for the attributes of an item, and their keys. */
export const bytesOfAll = (attributes: ItemAttributes): number => {
  let bytes = 0
  for (const key in attributes) {
    const attribute = attributes[key]
    if (attribute !== undefined) bytes += byteLength(key) + bytesOf(attribute)
  }
  return bytes
}
