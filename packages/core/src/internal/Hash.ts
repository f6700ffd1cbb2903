/**
 * 128-bit hashes for content ids. Not for secrets: they only have to keep different contents apart and to come
 * out the same on every runtime. Four 32-bit lanes, mixed with the finaliser of MurmurHash3 (public domain).
 */
import type { EventId } from '../model/EventId.ts'
import * as SpanId from '../model/SpanId.ts'

// model

/** Four lanes of 32 bits, as whole numbers with a sign: engines keep those in place. */
export type Hash = readonly [number, number, number, number]

/** A sum of hashes that does not depend on the order they are added in: a commutative monoid. */
export interface Sum {
  readonly lanes: Hash
  readonly count: number
}

// constructors

export const emptySum: Sum = { lanes: [0, 0, 0, 0], count: 0 }

/** The sum over the ids of many spans, in one pass. */
export const sumOf = (spans: ReadonlyArray<{ readonly spanId: SpanId.SpanId }>): Sum => {
  let [a, b, c, d] = emptySum.lanes
  for (const { spanId } of spans) {
    const high = digits(spanId, 0)
    const low = digits(spanId, 8)
    a = (a + mix(high ^ mix(low ^ SEEDS[0]))) | 0
    b = (b + mix(low ^ mix(high ^ SEEDS[1]))) | 0
    c = (c + mix((high + SEEDS[2]) ^ mix(low + 0x3c6ef372))) | 0
    d = (d + mix((low + SEEDS[3]) ^ mix(high + 0x78dde6e4))) | 0
  }
  return { lanes: [a, b, c, d], count: spans.length }
}

/** Eight digits of an id as a number of 32 bits. */
const digits = (id: SpanId.SpanId, from: number): number => {
  // hot: once for each span
  let number = 0
  for (let i = from; i < from + 8; i++) {
    const code = id.charCodeAt(i)
    number = (number << 4) | (code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10)
  }
  return number
}

const DIGIT_0 = 0x30

const LETTER_A = 0x61

// destructors

/** The id of an event made of these texts and of these members. `['ab', 'c']` and `['a', 'bc']` differ. */
export const toEventId = (texts: ReadonlyArray<string>, members: Sum = emptySum): EventId =>
  // Four lanes of eight digits are an event id's 32.
  digitsOf(combine(texts, members)) as EventId

/** The id of a span that no program made, for the same texts and members. Never all zero. */
export const toSpanId = (texts: ReadonlyArray<string>, members: Sum = emptySum): SpanId.SpanId => {
  const [a, b] = combine(texts, members)
  const id = hex(a) + hex(b)
  // Two lanes of eight digits are a span id's 16, and the one forbidden value is replaced.
  return (id === SpanId.ZERO ? '0000000000000001' : id) as SpanId.SpanId
}

const SEEDS: Hash = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0, 0x6a09e667]

const combine = (texts: ReadonlyArray<string>, { lanes, count }: Sum): Hash => {
  const begun = texts.reduce(withText, SEEDS)
  return finish(count === 0 ? begun : withText(withText(begun, digitsOf(lanes)), String(count)))
}

/** A hash that is not finished, with one more text. */
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

const finish = ([a, b, c, d]: Hash): Hash => {
  const total = (a + b + c + d) | 0
  return [mix(a + total), mix(b ^ total), mix(c + rotate(total, 7)), mix(d ^ rotate(total, 13))]
}

const digitsOf = ([a, b, c, d]: Hash): string => hex(a) + hex(b) + hex(c) + hex(d)

/** MurmurHash3's 32-bit finaliser: every bit of the input moves about half of the bits of the output. */
const mix = (lane: number): number => {
  let x = lane
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

const rotate = (lane: number, bits: number): number => (lane << bits) | (lane >>> (32 - bits))

const hex = (lane: number): string =>
  byte(lane >>> 24) + byte(lane >>> 16) + byte(lane >>> 8) + byte(lane)

const byte = (bits: number): string => BYTES[bits & 0xff] ?? ''

const BYTES: ReadonlyArray<string> = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, '0'),
)
