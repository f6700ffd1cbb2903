/**
 * The first letters of the keys of a record of attributes, as a set of bits. Computed once for each span, they spare most
 * look-ups: no key of a typical span begins with the `m` of `messaging.system`.
 */
import type { Attributes } from '../model/Attributes.ts'

// model

/** Bit n is set if a key begins with a letter whose code is n modulo 32. */
export type FirstLetters = number

// constructors

/** Every letter: rules out no key. */
export const every: FirstLetters = -1

export const of = (attributes: Attributes): FirstLetters => {
  // hot: once for each span
  let letters = 0
  for (const key in attributes) letters |= bitOf(key)
  return letters
}

export const ofKeys = (keys: ReadonlyArray<string>): FirstLetters =>
  keys.reduce((letters, key) => letters | bitOf(key), 0)

// 31 is 0b11111: the letters a to z differ in these bits.
const bitOf = (key: string): FirstLetters => 1 << (key.charCodeAt(0) & 31)

// guards

/** Whether attributes with the letters `present` may have one of the keys with the letters `wanted`. */
export const mayHave = (present: FirstLetters, wanted: FirstLetters): boolean =>
  (present & wanted) !== 0
