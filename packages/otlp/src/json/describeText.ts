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
  return bytes.slice(0, MAX_LOOKED_AT).includes(0) ? 'binary data' : undefined
}

/** Bytes and characters that are looked at. */
const MAX_LOOKED_AT = 1_000

/** Text that is not JSON: `HTML`, `an empty text`; `undefined` if it starts as JSON does. */
export const describeText = (text: string): string | undefined => {
  const start = text.slice(0, MAX_LOOKED_AT).trimStart()
  if (start === '') return text.trim() === '' ? 'an empty text' : undefined
  if (/^<(!doctype html|html)/i.test(start)) return 'HTML'
  if (start.startsWith('<')) return 'XML'
  if (start.includes('\u0000')) return 'binary data'
  return undefined
}
