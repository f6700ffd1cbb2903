/**
 * 128-bit hashes of content, from which ids are made: MurmurHash3 x86_128. `docs/design/0007-content-ids.md` gives the exact
 * bytes, with a worked example.
 */
import * as Murmur3 from './Murmur3.ts'
import { hexWord } from './text/hexDigit.ts'
import { writeUtf8 } from './text/writeUtf8.ts'

// model

interface Member {
  readonly spanId: string
}

/** Bytes of an integer of 32 bits. */
const WORD = 4

// constructors

/**
 * 32 lower-case hexadecimal digits: the hash of a list of texts, and of a set of spans whose order does not count.
 * `['ab', 'c']` and `['a', 'bc']` have different hashes.
 */
export const hex128 = (texts: ReadonlyArray<string>, members: ReadonlyArray<Member> = []): string =>
  Murmur3.toHex(Murmur3.hash128(contentOf(texts, members)))

/**
 * The number of texts; each text in UTF-8 after its length in bytes; the number of members; the sum of their hashes. Numbers
 * are little-endian integers of 32 bits.
 */
const contentOf = (texts: ReadonlyArray<string>, members: ReadonlyArray<Member>): Uint8Array => {
  // Room for the maximum of UTF-8, three bytes for each unit: counting the bytes first takes longer.
  const room = texts.reduce((sum, { length }) => sum + WORD + 3 * length, 6 * WORD)
  const bytes = new Uint8Array(room)
  let at = writeWord(bytes, 0, texts.length)
  for (const text of texts) {
    const start = at + WORD
    const end = writeUtf8(bytes, start, text)
    writeWord(bytes, at, end - start)
    at = end
  }
  at = writeWord(bytes, at, members.length)
  for (const word of sumOf(members)) at = writeWord(bytes, at, word)
  return bytes.subarray(0, at)
}

/** Returns the index after the word. */
const writeWord = (bytes: Uint8Array, at: number, word: number): number => {
  bytes[at] = word
  bytes[at + 1] = word >>> 8
  bytes[at + 2] = word >>> 16
  bytes[at + 3] = word >>> 24
  return at + WORD
}

/** The sum, word by word, of the hashes of the eight bytes of each span id: it does not depend on their order. */
const sumOf = (members: ReadonlyArray<Member>): Murmur3.Words => {
  // hot: once for each span
  let [a, b, c, d] = [0, 0, 0, 0]
  for (const { spanId } of members) {
    const [h1, h2, h3, h4] = Murmur3.hash128OfPair(
      littleEndian(hexWord(spanId, 0)),
      littleEndian(hexWord(spanId, 8)),
    )
    a = (a + h1) | 0
    b = (b + h2) | 0
    c = (c + h3) | 0
    d = (d + h4) | 0
  }
  return [a, b, c, d]
}

/** A word of four bytes, read in the reverse order. */
const littleEndian = (word: number): number =>
  (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
