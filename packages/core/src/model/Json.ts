/** Values that print as JSON and read back as they were. */

import * as Base64 from '../internal/text/Base64.ts'
import * as Attributes from './Attributes.ts'

// model

export type Json = string | number | boolean | null | ReadonlyArray<Json> | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

// constructors

/**
 * An attribute's value as JSON. What JSON cannot say becomes text: integers beyond 2^53 their digits, bytes their
 * base64, numbers that are not finite their names.
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
      // Printing JSON is recursive: what is deeper would overflow the stack.
      if (level >= MAX_LEVELS) return TOO_DEEP
      return Attributes.isMap(value)
        ? fromAttributes(value, level + 1)
        : value.map((one) => fromAttribute(one, level + 1))
  }
}

/** Attributes as a JSON object of their own: the input is not shared. */
export const fromAttributes = (
  attributes: Attributes.Attributes,
  level = 0,
): Record<string, Json> => {
  // hot: once for each span. A copy of the whole is fast; only few values are not JSON already.
  const json: Record<string, Json | Attributes.AttributeValue> = { ...attributes }
  for (const key in json) {
    const value = json[key]
    if (value !== undefined && !isPlain(value)) set(json, key, fromAttribute(value, level))
  }
  // Every value was plain, or was replaced by what it is in JSON.
  return json as Record<string, Json>
}

/** As deep as decoders read: beyond it stands a text in the place of a value. */
const MAX_LEVELS = 33

const TOO_DEEP = '[nested too deeply]'

/** Whether a value is in JSON what it is. */
export const isPlain = (value: Attributes.AttributeValue): boolean =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

/** Sets a key of a fresh object. `__proto__` becomes a key like any other. */
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
