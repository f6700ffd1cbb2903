/**
 * 128-bit hashes, from which ids are made. They are not for secrets: different contents must have different hashes, and
 * every runtime must compute the same one. Four 32-bit lanes, mixed with the finalizer of MurmurHash3 (public domain).
 */
import { hexWord } from './text/hexDigit.ts'

// model

/** Four lanes of 32 bits, as integers with a sign: engines store those without a heap object. */
export type Hash = readonly [number, number, number, number]

const SEEDS: Hash = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0, 0x6a09e667]

// constructors

/**
 * 32 lower-case hexadecimal digits: the hash of a list of texts, and of a set of spans whose order does not count.
 * `['ab', 'c']` and `['a', 'bc']` have different hashes.
 */
export const hex128 = (
  texts: ReadonlyArray<string>,
  members: ReadonlyArray<{ readonly spanId: string }> = [],
): string => {
  const hash = texts.reduce(withText, SEEDS)
  return toHex(
    finalize(
      members.length === 0
        ? hash
        : withText(withText(hash, toHex(sumOf(members))), String(members.length)),
    ),
  )
}

/** The sum of the hashes of span ids: it does not depend on their order. */
const sumOf = (spans: ReadonlyArray<{ readonly spanId: string }>): Hash => {
  // hot: once for each span
  let [a, b, c, d] = [0, 0, 0, 0]
  for (const { spanId } of spans) {
    const high = hexWord(spanId, 0)
    const low = hexWord(spanId, 8)
    a = (a + mix(high ^ mix(low ^ SEEDS[0]))) | 0
    b = (b + mix(low ^ mix(high ^ SEEDS[1]))) | 0
    c = (c + mix((high + SEEDS[2]) ^ mix(low + 0x3c6ef372))) | 0
    d = (d + mix((low + SEEDS[3]) ^ mix(high + 0x78dde6e4))) | 0
  }
  return [a, b, c, d]
}

/** An unfinished hash, continued with one more text. */
const withText = ([first, second, third, fourth]: Hash, text: string): Hash => {
  let a = first
  let b = second
  let c = third
  let d = fourth
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(rotate(b, 5) ^ unit, 0x5bd1e995)
    c = Math.imul(rotate(c, 11) ^ unit, 0x2c1b3c6d)
    d = Math.imul(rotate(d, 17) ^ unit, 0x297a2d39)
  }
  const { length } = text
  return [mix(a ^ length), mix(b + length), mix(c ^ ~length), mix(d - length)]
}

const finalize = ([a, b, c, d]: Hash): Hash => {
  const total = (a + b + c + d) | 0
  return [mix(a + total), mix(b ^ total), mix(c + rotate(total, 7)), mix(d ^ rotate(total, 13))]
}

/** MurmurHash3's 32-bit finalizer: each bit of the input changes about half of the bits of the output. */
const mix = (lane: number): number => {
  let x = lane
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

const rotate = (lane: number, bits: number): number => (lane << bits) | (lane >>> (32 - bits))

// encoding

const BYTES: ReadonlyArray<string> = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, '0'),
)

const toHex = ([a, b, c, d]: Hash): string => hex32(a) + hex32(b) + hex32(c) + hex32(d)

const hex32 = (lane: number): string =>
  hexByte(lane >>> 24) + hexByte(lane >>> 16) + hexByte(lane >>> 8) + hexByte(lane)

const hexByte = (bits: number): string => BYTES[bits & 0xff] ?? ''
