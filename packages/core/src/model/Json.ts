/**
 * Values that print as JSON and read back unchanged.
 *
 * @example
 * ```ts
 * import { Json } from '@sentry-exporter/core'
 *
 * const json = Json.fromAttributes({ count: 9007199254740993n, ratio: Number.NaN, bytes: new Uint8Array([1]) })
 *
 * console.log(JSON.stringify(json)) // {"count":"9007199254740993","ratio":"NaN","bytes":"AQ=="}
 * ```
 */

import * as Base64 from '../internal/text/Base64.ts'
import * as Attributes from './Attributes.ts'

// model

export type Json = string | number | boolean | null | ReadonlyArray<Json> | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** The depth to which decoders read. A text replaces values at a greater depth. */
const MAX_LEVELS = 33

export const TOO_DEEP = '[nested too deeply]'

// constructors

/**
 * An attribute's value as JSON. Values that JSON lacks become text: integers beyond 2^53 their digits, bytes their base64,
 * numbers that are not finite their names.
 */
export const fromAttribute = (value: Attributes.AttributeValue, level = 0): Json => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return value.toString()
    default:
      if (value === null) return null
      if (value instanceof Uint8Array) return Base64.encode(value)
      // `JSON.stringify` is recursive: deeper values would overflow the stack.
      if (level >= MAX_LEVELS) return TOO_DEEP
      return Attributes.isMap(value)
        ? fromAttributes(value, level + 1)
        : value.map((element) => fromAttribute(element, level + 1))
  }
}

/** Attributes as a new JSON object, which shares nothing with the input that could be changed. */
export const fromAttributes = (
  attributes: Attributes.Attributes,
  level = 0,
): Record<string, Json> => {
  // hot: once for each span. Copying the whole record is fast; few values are not JSON already.
  const json: Record<string, Json | Attributes.AttributeValue> = { ...attributes }
  for (const key in json) {
    const value = json[key]
    if (value !== undefined && !isPlain(value)) set(json, key, fromAttribute(value, level))
  }
  // Each value was plain or was replaced by its JSON.
  return json as Record<string, Json>
}

// guards

/** Whether a value is its own JSON. */
export const isPlain = (value: Attributes.AttributeValue): boolean =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

// transformations

/** A list or a map as the text of its JSON, where only scalars are accepted. */
export const scalar = (value: Json): Json =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value

/** A value in which lists and maps below this level are the text of their JSON: the server cuts deeper ones. */
export const within = (value: Json, levels: number): Json => {
  if (typeof value !== 'object' || value === null) return value
  if (levels <= 0) return JSON.stringify(value)
  // A list is an object to the type checker.
  return Array.isArray(value)
    ? value.map((one: Json) => within(one, levels - 1))
    : objectWithin(value as JsonObject, levels)
}

/** The same for an object, which is the first level. */
export const objectWithin = (object: JsonObject, levels: number): JsonObject => {
  const made: Record<string, Json> = {}
  for (const key in object) set(made, key, within(object[key] ?? null, levels - 1))
  return made
}

/** `scalar` for the values of an object that the caller just made: it is changed. */
export const scalars = (object: Record<string, Json>): JsonObject => {
  for (const key in object) {
    const value = object[key]
    if (typeof value === 'object' && value !== null) set(object, key, JSON.stringify(value))
  }
  return object
}

/** Sets a key of an object that the caller just made. `__proto__` becomes a key like any other. */
export const set = <A>(object: Record<string, A>, key: string, value: A): void => {
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  } else {
    object[key] = value
  }
}
