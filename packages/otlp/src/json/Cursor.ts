/**
 * The mutable state of a decoder while it walks a request: the places of parts that could not be read, the failure of the
 * current item, and counts of repairs. Paths are built only after a failure, from the inside out.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'

// model

export interface Cursor {
  /** Why the current item is lost as a whole. */
  failure: Rejected | undefined
  /** Points of the current metric that are lost. Their paths are relative to the metric. */
  readonly rejected: Array<Rejected>
  /** The first parts that could not be read. Their paths are relative to the value that is being decoded. */
  readonly places: Array<Rejected>
  /** All parts that could not be read. */
  parts: number
  /** Ids that were not sent as hexadecimal digits. */
  ids: number
  /** 64-bit integers that were sent as JSON numbers beyond 2^53. */
  rounded: number
  /** Values that were nested too deeply and became null. */
  nested: number
  /** Whether the last value was sent as a double and is a whole number (see `Resource.doubles`). */
  isWhole: boolean
  /** Keys of such values in the last top-level list of attributes. */
  doubles: Array<string> | undefined
}

/** Places that are kept of one request. Further parts are only counted. */
const MAX_PLACES = 100

// constructors

export const start = (): Cursor => ({
  failure: undefined,
  rejected: [],
  places: [],
  parts: 0,
  ids: 0,
  rounded: 0,
  nested: 0,
  isWhole: false,
  doubles: undefined,
})

// transformations

/** The current item is lost. `path` is relative to it: `.traceId`, or empty for the item itself. */
export const fail = (cursor: Cursor, path: string, expected: string, actual: unknown): void => {
  cursor.failure ??= { path, expected, actual: show(actual) }
}

/**
 * A part is left out, and its whole is kept. `path` is relative to the current value: `.name`, `[3]`, or empty for the value
 * itself.
 */
export const skip = (cursor: Cursor, path: string, expected: string, actual: unknown): void => {
  cursor.parts++
  if (cursor.places.length < MAX_PLACES) {
    cursor.places.push({ path, expected, actual: show(actual) })
  }
}

/** The current item or point is lost, for a reason that was found elsewhere. */
export const reject = (cursor: Cursor, rejected: Rejected | undefined): void => {
  cursor.failure ??= rejected
}

/** The failure costs a part only. */
export const skipFailure = (cursor: Cursor): void => {
  const failure = takeFailure(cursor, '')
  if (failure === undefined) return
  cursor.parts++
  if (cursor.places.length < MAX_PLACES) cursor.places.push(failure)
}

/** The failure costs one point of the current metric, at a path. Its parts are not counted beside it. */
export const losePoint = (cursor: Cursor, path: string, before: CursorMark): void => {
  const failure = takeFailure(cursor, path)
  reset(cursor, before)
  if (failure !== undefined) cursor.rejected.push(failure)
}

/** Moves the points of the current metric that are lost to a list, and prefixes their paths. */
export const takeRejected = ({ rejected }: Cursor, path: string, into: Array<Rejected>): void => {
  for (const one of rejected) into.push({ ...one, path: path + one.path })
  rejected.length = 0
}

/** Prefixes the paths of the places from a number on with the path of the value that contains them. */
export const inside = ({ places }: Cursor, from: number, path: string): void => {
  for (let i = from; i < places.length; i++) {
    const place = places[i]
    if (place !== undefined) places[i] = { ...place, path: path + place.path }
  }
}

/** Takes the failure of the current item, and prefixes its path. */
export const takeFailure = (cursor: Cursor, path: string): Rejected | undefined => {
  const { failure } = cursor
  cursor.failure = undefined
  return failure === undefined ? undefined : { ...failure, path: path + failure.path }
}

/** The state before an item is read in a way that may give up. */
export const mark = ({ parts, ids, rounded, nested, places }: Cursor): CursorMark => ({
  parts,
  ids,
  rounded,
  nested,
  places: places.length,
})

export type CursorMark = Pick<Cursor, 'parts' | 'ids' | 'rounded' | 'nested'> & {
  readonly places: number
}

/** Takes the cursor back to a mark. */
export const reset = (
  cursor: Cursor,
  { parts, ids, rounded, nested, places }: CursorMark,
): void => {
  cursor.failure = undefined
  cursor.parts = parts
  cursor.ids = ids
  cursor.rounded = rounded
  cursor.nested = nested
  cursor.isWhole = false
  cursor.doubles = undefined
  cursor.places.length = places
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
export const repairs = ({ parts, ids, rounded, nested }: Cursor): Losses.Losses =>
  Losses.ofCounts({ id_encoding: ids, invalid_part: parts, nested, rounded })

/** The longest text that a message shows, in characters. */
const MAX_SHOWN = 40

/** Prints a value briefly for a message, without walking into it. */
export const show = (value: unknown): string => {
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
