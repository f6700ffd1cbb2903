/** Trace ids and span ids as 32-bit words, and their hash for tables. */

import { hexWord } from '../text/hexDigit.ts'

// model

/** The id of a trace in four words, and its hash. */
export interface TraceKey {
  readonly words: readonly [number, number, number, number]
  readonly hash: number
}

// constructors

/** Of an id of 32 hexadecimal digits in lower case. */
export const traceKeyOf = (traceId: string): TraceKey =>
  traceKey(hexWord(traceId, 0), hexWord(traceId, 8), hexWord(traceId, 16), hexWord(traceId, 24))

/** Of the id that begins at an index of some words. */
export const traceKeyIn = (words: Int32Array, from: number): TraceKey => {
  const word = (index: number): number => words[from + index] ?? 0
  return traceKey(word(0), word(1), word(2), word(3))
}

const traceKey = (a: number, b: number, c: number, d: number): TraceKey => ({
  words: [a, b, c, d],
  hash: mix(mix(mix(mix(0, a), b), c), d),
})

// transformations

/** Adds a word to a hash, as MurmurHash3 x86_32 does. */
export const mix = (hash: number, word: number): number => {
  const scaled = Math.imul(word, 0xcc9e2d51)
  const mixed = hash ^ Math.imul((scaled << 15) | (scaled >>> 17), 0x1b873593)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

/** The finaliser of MurmurHash3 x86_32: each bit of the result depends on all bits of the hash. */
export const finish = (hash: number): number => {
  const a = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return b ^ (b >>> 16)
}
