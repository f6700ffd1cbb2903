/**
 * Attributes as plain data. Values keep what OpenTelemetry's model tells apart as far as a program can see it:
 * text, booleans, numbers, exact 64-bit integers, bytes, lists, nested maps, and nothing.
 */

// model

export type AttributeValue =
  | string
  | boolean
  | number
  /** A 64-bit integer beyond 2^53, exact. Smaller integers are numbers. */
  | bigint
  | Uint8Array
  | null
  | ReadonlyArray<AttributeValue>
  | Attributes

/** Own enumerable keys only: `__proto__` and its friends are keys like any other. */
export interface Attributes {
  readonly [key: string]: AttributeValue
}

// constructors

export const empty: Attributes = {}

// destructors

/** The text of an attribute; `undefined` where there is none, or none of type text. */
export const text = (attributes: Attributes, key: string): string | undefined => {
  const value = attributes[key]
  return typeof value === 'string' ? value : undefined
}

/** The first of several keys that holds a text that is not empty. */
export const firstText = (
  attributes: Attributes,
  keys: ReadonlyArray<string>,
): string | undefined => {
  for (const key of keys) {
    const value = attributes[key]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** A whole number, sent as a number or as its decimal digits. */
export const integer = (attributes: Attributes, key: string): number | undefined => {
  const value = attributes[key]
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined
}

/** Whether a value is a nested map. */
export const isMap = (value: AttributeValue): value is Attributes =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array)
