/** Describes text that is not JSON, and bytes that are not text, by their first characters. */

// model

/** The first bytes of formats that arrive where JSON is expected. Sources: RFC 1952, RFC 8878, and the formats' own pages. */
const MAGIC: ReadonlyArray<readonly [ReadonlyArray<number>, string]> = [
  [[0x1f, 0x8b], 'data that is compressed with gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'data that is compressed with zstd'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive'],
  [[0xff, 0x06, 0x00, 0x00, 0x73], 'data that is compressed with snappy'],
  [[0x04, 0x22, 0x4d, 0x18], 'data that is compressed with lz4'],
]

// folds

/** The format of bytes that are not text; `undefined` if they may be text. */
export const describeBytes = (bytes: Uint8Array): string | undefined => {
  const known = MAGIC.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (known !== undefined) return known[1]
  if (isProtobuf(bytes, 0)) return 'OTLP in protobuf, which is not supported: send JSON'
  // The Collector's file exporter writes the length of each message, four bytes, before it.
  const length = bytes.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0)
  if (length > 0 && length + 4 <= bytes.length && isProtobuf(bytes, 4)) {
    return 'messages of OTLP in protobuf, which is not supported: write JSON'
  }
  return bytes.slice(0, MAX_LOOKED_AT).includes(0) ? 'binary data' : undefined
}

/** Bytes and characters that are looked at. */
const MAX_LOOKED_AT = 1_000

/**
 * The first field of each OTLP request is a list of messages, number 1: the byte 0x0A. It is also a line feed. So the field in it
 * must start with 0x0A or 0x12 too (the resource, or a list of scopes), and its length must fit.
 */
const isProtobuf = (bytes: Uint8Array, from: number): boolean => {
  if (bytes[from] !== 0x0a) return false
  let length = 0
  let at = from + 1
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++] ?? 0
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  const inner = bytes[at]
  return length > 0 && at + length <= bytes.length && (inner === 0x0a || inner === 0x12)
}

/** Text that is not JSON: `HTML`, `an empty text`; `undefined` if it starts as JSON does. */
export const describeText = (text: string): string | undefined => {
  const start = text.slice(0, MAX_LOOKED_AT).trimStart()
  if (start === '') return text.trim() === '' ? 'an empty text' : undefined
  if (/^<(!doctype html|html)/i.test(start)) return 'HTML'
  if (start.startsWith('<')) return 'XML'
  if (start.includes('\u0000')) return 'binary data'
  return undefined
}
