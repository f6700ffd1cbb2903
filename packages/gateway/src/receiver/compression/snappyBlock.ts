/**
 * The block format of Snappy. Every length and offset is checked before it is used, and the output has exactly the length that
 * the block states. Source: github.com/google/snappy, `format_description.txt`.
 *
 * The registry's decoder in JavaScript (snappyjs 0.7) does not return for some bodies of ten bytes; see
 * `docs/design/0010-receivers.md`.
 */
import * as E from '#fp-ts/Either'
import { copyMatch } from './copyMatch.ts'
import * as Decompressor from './Decompressor.ts'

// model

/** An element of a block: bytes of the input, or a repetition of output. */
interface Element {
  /** 0 for bytes of the input. */
  readonly offset: number
  readonly length: number
  /** Where the bytes, or the next element, begin in the input. */
  readonly next: number
}

/** The longest literal whose length is in its tag. */
const MAX_SHORT_LITERAL = 60

// constructors

/** A whole block. */
export const snappyBlock = (
  body: Uint8Array,
  room: Decompressor.Room,
): Decompressor.Decompressed => {
  const header = readLength(body)
  if (header === undefined)
    return E.left(Decompressor.corrupt('the length of the block is unreadable'))
  if (header.length > room.maxBytes) return E.left(Decompressor.tooLarge(room.maxBytes))
  if (!room.take(header.length)) return E.left(Decompressor.noMemory)
  const output = Buffer.allocUnsafe(header.length)
  const problem = expand(body, header.next, output)
  return problem === undefined ? E.right(output) : E.left(Decompressor.corrupt(problem))
}

/** A number in groups of seven bits, the lowest first, of at most 32 bits. */
const readLength = (
  body: Uint8Array,
): { readonly length: number; readonly next: number } | undefined => {
  let length = 0
  for (let at = 0; at < 5; at++) {
    const byte = body[at]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** (7 * at)
    if (byte < 0x80) return length < 2 ** 32 ? { length, next: at + 1 } : undefined
  }
  return undefined
}

/** Fills the output. Gives the reason if the block is invalid. */
const expand = (body: Uint8Array, start: number, output: Uint8Array): string | undefined => {
  let from = start
  let at = 0
  while (from < body.length) {
    const element = readElement(body, from)
    if (element === undefined) return 'the block ends within an element'
    const { offset, length, next } = element
    if (at + length > output.length) return 'the block is longer than it states'
    if (offset === 0) {
      if (next + length > body.length) return 'the block ends within a literal'
      output.set(body.subarray(next, next + length), at)
      from = next + length
    } else {
      if (offset > at) return 'an element refers to bytes before the start'
      copyMatch(output, at, element)
      from = next
    }
    at += length
  }
  return at === output.length ? undefined : 'the block is shorter than it states'
}

/** `undefined` if the input ends before the element does, or if a repetition has no distance. */
const readElement = (body: Uint8Array, at: number): Element | undefined => {
  const tag = body[at] ?? 0
  const value = tag >> 2
  switch (tag & 3) {
    case 0: {
      if (value < MAX_SHORT_LITERAL) return { offset: 0, length: value + 1, next: at + 1 }
      const bytes = value - MAX_SHORT_LITERAL + 1
      const length = readNumber(body, at + 1, bytes)
      return length === undefined
        ? undefined
        : { offset: 0, length: length + 1, next: at + 1 + bytes }
    }
    case 1: {
      const low = body[at + 1]
      return low === undefined
        ? undefined
        : repetition(((tag >> 5) << 8) | low, (value & 7) + 4, at + 2)
    }
    default: {
      const bytes = (tag & 3) === 2 ? 2 : 4
      return repetition(readNumber(body, at + 1, bytes), value + 1, at + 1 + bytes)
    }
  }
}

const repetition = (
  offset: number | undefined,
  length: number,
  next: number,
): Element | undefined =>
  offset === undefined || offset === 0 ? undefined : { offset, length, next }

/** Little-endian, without sign. */
const readNumber = (body: Uint8Array, at: number, bytes: number): number | undefined => {
  if (at + bytes > body.length) return undefined
  let value = 0
  for (let i = bytes - 1; i >= 0; i--) value = value * 256 + (body[at + i] ?? 0)
  return value
}
