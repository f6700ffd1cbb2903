/**
 * MurmurHash3 x86_128, as published in SMHasher by Austin Appleby (public domain). Fast and well mixed; not for secrets.
 *
 * Source: `src/MurmurHash3.cpp` of github.com/aappleby/smhasher.
 */

// model

/** The four words of the output, h1 to h4, as integers of 32 bits with a sign: engines store those without a heap object. */
export type Words = readonly [number, number, number, number]

const C1 = 0x239b961b

const C2 = 0xab0e9789

const C3 = 0x38b34ae5

const C4 = 0xa1e38b93

const BLOCK = 16

// constructors

export const hash128 = (bytes: ArrayLike<number>, seed = 0): Words => {
  const { length } = bytes
  const tail = length - (length % BLOCK)
  let [h1, h2, h3, h4] = [seed, seed, seed, seed]
  for (let i = 0; i < tail; i += BLOCK) {
    h1 ^= scramble1(word(bytes, i))
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0
    h2 ^= scramble2(word(bytes, i + 4))
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0
    h3 ^= scramble3(word(bytes, i + 8))
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0
    h4 ^= scramble4(word(bytes, i + 12))
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0
  }
  // Bytes beyond the end count as zero, and the scrambled form of zero is zero.
  const words: Words = [
    h1 ^ scramble1(word(bytes, tail)),
    h2 ^ scramble2(word(bytes, tail + 4)),
    h3 ^ scramble3(word(bytes, tail + 8)),
    h4 ^ scramble4(word(bytes, tail + 12)),
  ]
  return finalize(words, length)
}

/** The hash of eight bytes with seed 0, given as two little-endian words: the general form for a single short block. */
export const hash128OfPair = (first: number, second: number): Words =>
  finalize([scramble1(first), scramble2(second), 0, 0], 8)

const finalize = ([a, b, c, d]: Words, length: number): Words => {
  let [h1, h2, h3, h4] = [a ^ length, b ^ length, c ^ length, d ^ length]
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = mix((h2 + h1) | 0)
  h3 = mix((h3 + h1) | 0)
  h4 = mix((h4 + h1) | 0)
  h1 = mix(h1)
  h1 = (h1 + h2 + h3 + h4) | 0
  return [h1, (h2 + h1) | 0, (h3 + h1) | 0, (h4 + h1) | 0]
}

const scramble = (k: number, first: number, bits: number, second: number): number =>
  Math.imul(rotate(Math.imul(k, first), bits), second)

const scramble1 = (k: number): number => scramble(k, C1, 15, C2)

const scramble2 = (k: number): number => scramble(k, C2, 16, C3)

const scramble3 = (k: number): number => scramble(k, C3, 17, C4)

const scramble4 = (k: number): number => scramble(k, C4, 18, C1)

/** The finalizer of 32 bits: each bit of the input changes about half of the bits of the output. */
const mix = (h: number): number => {
  let x = h
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** Four bytes as a little-endian word. Bytes beyond the end count as zero. */
const word = (bytes: ArrayLike<number>, at: number): number =>
  // `undefined` is 0 in integer arithmetic; the types do not allow it.
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24)

// encoding

const HEX_BYTES: ReadonlyArray<string> = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, '0'),
)

/** 32 lower-case hexadecimal digits: the words h1 to h4, eight digits each, as unsigned numbers. */
export const toHex = ([h1, h2, h3, h4]: Words): string =>
  hex32(h1) + hex32(h2) + hex32(h3) + hex32(h4)

const hex32 = (value: number): string =>
  hexByte(value >>> 24) + hexByte(value >>> 16) + hexByte(value >>> 8) + hexByte(value)

const hexByte = (bits: number): string => HEX_BYTES[bits & 0xff] ?? ''
