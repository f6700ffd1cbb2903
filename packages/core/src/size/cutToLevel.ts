/**
 * Cuts the largest of some parts, so that their sum is smaller: the parts above a level are cut to it, and the others stay
 * whole. Law: a part is cut only if no larger part stays whole.
 */
import type { JsonObject } from '../model/Json.ts'
import { bytesOf } from './fitContext.ts'
import { shrink } from './shrink.ts'

/** Parts by their names. */
export type Parts = Readonly<Record<string, object>>

/** The level to which the parts above it are cut; infinite if the parts take at most `available` together. */
export const levelOf = (sizes: ReadonlyArray<number>, available: number): number => {
  let left = available
  let parts = sizes.length
  for (const size of [...sizes].sort((a, b) => a - b)) {
    const level = Math.max(0, Math.floor(left / parts))
    if (size > level) return level
    left -= size
    parts--
  }
  return Number.POSITIVE_INFINITY
}

/** Data of at most so many bytes of JSON, or empty data; the data itself if it fits. */
export const cutTo = <A extends object>(data: A, maxBytes: number): A => {
  const surplus = bytesOf(data) - maxBytes
  // All parts are JSON. A text is cut to a text, and another value is left out as a whole.
  return surplus <= 0 ? data : (shrink(data as JsonObject, surplus) as A)
}

/** The same for each part. */
export const cutAllTo = <A extends Parts>(parts: A, level: number): A =>
  // The compiler does not relate the entries of a record to its keys.
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, cutTo(part, level)])) as A
