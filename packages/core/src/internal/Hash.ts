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

const MAX_ASCII = 0x7f

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
const contentOf = (
  texts: ReadonlyArray<string>,
  members: ReadonlyArray<Member>,
): ReadonlyArray<number> => {
  // hot: once for each event. V8 makes a small typed array slower than a list.
  const bytes: Array<number> = []
  pushWord(bytes, texts.length)
  for (const text of texts) pushText(bytes, text)
  pushWord(bytes, members.length)
  for (const word of sumOf(members)) pushWord(bytes, word)
  return bytes
}

/** A text after its length. */
const pushText = (bytes: Array<number>, text: string): void => {
  const { length } = text
  const start = bytes.length
  pushWord(bytes, length)
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > MAX_ASCII) {
      // Its length in bytes is another one.
      bytes.length = start
      pushUtf8(bytes, text)
      return
    }
    bytes.push(unit)
  }
}

/** The same for any text. */
const pushUtf8 = (bytes: Array<number>, text: string): void => {
  const buffer = new Uint8Array(3 * text.length)
  const length = writeUtf8(buffer, 0, text)
  pushWord(bytes, length)
  for (let i = 0; i < length; i++) bytes.push(buffer[i] ?? 0)
}

const pushWord = (bytes: Array<number>, word: number): void => {
  bytes.push(word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24)
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
