/** The checksum XXH32 with seed 0. Source: github.com/Cyan4973/xxHash, `doc/xxhash_spec.md`. */

const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

const STRIPE_BYTES = 16

/** A number without sign. */
export const xxh32 = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wholeStripes = bytes.length - (bytes.length % STRIPE_BYTES)
  let hash = (wholeStripes === 0 ? PRIME_5 : hashStripes(view, wholeStripes)) + bytes.length
  let at = wholeStripes
  for (; at + 4 <= bytes.length; at += 4) {
    const lane = Math.imul(view.getUint32(at, true), PRIME_3)
    hash = Math.imul(rotate((hash + lane) | 0, 17), PRIME_4)
  }
  for (; at < bytes.length; at++) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint8(at), PRIME_5)) | 0, 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

const hashStripes = (view: DataView, end: number): number => {
  let one = (PRIME_1 + PRIME_2) | 0
  let two = PRIME_2 | 0
  let three = 0
  let four = -PRIME_1 | 0
  // hot: once per 16 bytes
  for (let at = 0; at < end; at += STRIPE_BYTES) {
    one = round(one, view.getUint32(at, true))
    two = round(two, view.getUint32(at + 4, true))
    three = round(three, view.getUint32(at + 8, true))
    four = round(four, view.getUint32(at + 12, true))
  }
  return (rotate(one, 1) + rotate(two, 7) + rotate(three, 12) + rotate(four, 18)) | 0
}

const round = (accumulator: number, lane: number): number =>
  Math.imul(rotate((accumulator + Math.imul(lane, PRIME_2)) | 0, 13), PRIME_1)

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))
