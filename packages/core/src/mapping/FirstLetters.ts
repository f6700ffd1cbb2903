/**
 * The first three letters of the keys of a record of attributes, as a set of bits. Computed once for each span, they spare most
 * look-ups: no key of a typical span begins as `messaging.system` does.
 */
import type { Attributes } from '../model/Attributes.ts'

// model

/** Bit n is set if a key has letters whose hash is n. */
export type FirstLetters = number

// constructors

/** Every letter: rules out no key. */
export const every: FirstLetters = -1

export const none: FirstLetters = 0

export const of = (attributes: Attributes): FirstLetters => {
  // hot: once for each span
  let letters = 0
  for (const key in attributes) letters |= bitOf(key)
  return letters
}

export const ofKeys = (keys: ReadonlyArray<string>): FirstLetters =>
  keys.reduce((letters, key) => letters | bitOf(key), 0)

/** Few names of conventions (`http`, `db`, `messaging`, `mcp`) have the same hash. A shift counts modulo 32. */
const bitOf = (key: string): FirstLetters =>
  1 << (key.charCodeAt(0) + 7 * key.charCodeAt(1) + 2 * key.charCodeAt(2))

// guards

/** Whether attributes with the letters `present` may have one of the keys with the letters `wanted`. */
export const mayHave = (present: FirstLetters, wanted: FirstLetters): boolean =>
  (present & wanted) !== 0
