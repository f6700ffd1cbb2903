/**
 * Attributes as plain data. Values keep the distinctions of OpenTelemetry's model that a program can observe: text,
 * booleans, numbers, exact 64-bit integers, bytes, lists, nested maps and null.
 *
 * @example
 * ```ts
 * import { Attributes } from '@sentry-exporter/core'
 *
 * const attributes: Attributes.Attributes = { 'http.route': '/users/:id', 'http.response.status_code': '200' }
 *
 * console.log(Attributes.text(attributes, 'http.route')) // /users/:id
 * console.log(Attributes.integer(attributes, 'http.response.status_code')) // 200
 * ```
 */
import { frozen } from '../internal/frozen.ts'

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

/** Own enumerable keys only: `__proto__` and `constructor` are keys like any other. */
export interface Attributes {
  readonly [key: string]: AttributeValue
}

// constructors

export const empty: Attributes = /* @__PURE__ */ frozen({})

// guards

/** Whether a value is a nested map. */
export const isMap = (value: AttributeValue): value is Attributes =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array)

// folds

/** The text under a key; `undefined` if the key is absent or its value is not text. */
export const text = (attributes: Attributes, key: string): string | undefined => {
  const value = attributes[key]
  return typeof value === 'string' ? value : undefined
}

/** The text under the first of several keys that has one that is not empty. */
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

/** An integer, recorded as a number or as its decimal digits; `undefined` for any other value. */
export const integer = (attributes: Attributes, key: string): number | undefined => {
  const value = attributes[key]
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined
}
