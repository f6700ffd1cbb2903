/**
 * The mutable state of a decoder while it walks a request: the first failure in the current item, and counts of repairs.
 * Paths are built only after a failure, from the inside out.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'

// model

export interface Cursor {
  failure: Rejected | undefined
  /** 64-bit integers that were sent as JSON numbers beyond 2^53. */
  rounded: number
  /** Values that were nested too deeply and became null. */
  nested: number
  /** Whether the last value was sent as a double and is a whole number (see `Resource.doubles`). */
  isWhole: boolean
  /** Keys of such values in the last top-level list of attributes. */
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

// transformations

/** Records the first failure. `path` is relative to the current value: `.traceId`, `[3]`, or empty for the value itself. */
export const fail = (cursor: Cursor, path: string, expected: string, actual: unknown): void => {
  cursor.failure ??= { path, expected, actual: show(actual) }
}

/** Prefixes the path of the failure with the path of the value that contains it. */
export const inside = (cursor: Cursor, path: string): void => {
  if (cursor.failure !== undefined) {
    cursor.failure = { ...cursor.failure, path: path + cursor.failure.path }
  }
}

/** Records that the value of a top-level key was a whole double. */
export const noteDouble = (cursor: Cursor, level: number, key: string): void => {
  cursor.isWhole = false
  if (level > 0) return
  if (cursor.doubles === undefined) cursor.doubles = [key]
  else cursor.doubles.push(key)
}

// folds

/** The repairs of the whole request, as losses. */
export const repairs = ({ rounded, nested }: Cursor): Losses.Losses =>
  Losses.concat(Losses.of('rounded', rounded), Losses.of('nested', nested))

/** The longest text that a message shows, in characters. */
const MAX_SHOWN = 40

/** Prints a value briefly for a message, without walking into it. */
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
