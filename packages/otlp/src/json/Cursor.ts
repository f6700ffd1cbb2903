/**
 * What a decoder writes down while it walks a request: the first failure in the span at hand, and counts of what
 * was mended. Paths are put together only when something fails, from the inside out.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'

// model

export interface Cursor {
  failure: Rejected | undefined
  /** 64-bit integers that were sent as JSON numbers beyond 2^53. */
  rounded: number
  /** Values below the depth that is kept. */
  nested: number
  /** Whether the last value was a double that is whole and large (see `Resource.doubles`). */
  isWhole: boolean
  /** Keys of such values in the last list of attributes at the top level. */
  doubles: Array<string> | undefined
}

// constructors

export const start = (): Cursor => ({
  failure: undefined,
  rounded: 0,
  nested: 0,
  isWhole: false,
  doubles: undefined,
})

// combinators

/** Notes the first failure, at a place relative to the value at hand: `.traceId`, `[3]`, or nothing for the value itself. */
export const fail = (cursor: Cursor, path: string, expected: string, actual: unknown): void => {
  cursor.failure ??= { path, expected, actual: show(actual) }
}

/** Puts the place of a value before the place of the failure inside it. */
export const inside = (cursor: Cursor, path: string): void => {
  if (cursor.failure !== undefined) {
    cursor.failure = { ...cursor.failure, path: path + cursor.failure.path }
  }
}

/** Remembers that the value of this key was a whole double, if it stands at the top level. */
export const noteDouble = (cursor: Cursor, level: number, key: string): void => {
  cursor.isWhole = false
  if (level > 0) return
  if (cursor.doubles === undefined) cursor.doubles = [key]
  else cursor.doubles.push(key)
}

// destructors

/** What was mended in all that was read. */
export const repairs = ({ rounded, nested }: Cursor): Losses.Losses =>
  Losses.concat(Losses.of('rounded', rounded), Losses.of('nested', nested))

/** A value, short enough for a message, without walking into it. */
const show = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') {
    return value.length > MAX_SHOWN
      ? `${JSON.stringify(value.slice(0, MAX_SHOWN))}... (${value.length} characters)`
      : JSON.stringify(value)
  }
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return typeof value === 'function' || typeof value === 'symbol'
    ? `a ${typeof value}`
    : String(value)
}

const MAX_SHOWN = 40
