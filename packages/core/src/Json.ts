/** Values that print as JSON and read back as they were. */
import * as Attributes from './Attributes.ts'
import * as Base64 from './Base64.ts'

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
export const fromAttribute = (value: Attributes.AttributeValue): Json => {
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
      return Attributes.isMap(value) ? fromAttributes(value) : value.map(fromAttribute)
  }
}

/** Attributes as a JSON object of their own: the input is not shared. */
export const fromAttributes = (attributes: Attributes.Attributes): Record<string, Json> => {
  const json: Record<string, Json> = {}
  // hot: once for each attribute
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value !== undefined) set(json, key, fromAttribute(value))
  }
  return json
}

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
