/**
 * The framing format of Snappy: chunks of at most 65,536 bytes, each with its checksum. Source: github.com/google/snappy,
 * `framing_format.txt`.
 */
import * as E from '#fp-ts/Either'
import { crc32c } from './crc32c.ts'
import * as Decompressor from './Decompressor.ts'
import { snappyBlock } from './snappyBlock.ts'

// model

const COMPRESSED = 0x00
const UNCOMPRESSED = 0x01
const IDENTIFIER = 0xff
/** Chunks of this type and all above are skipped by a reader that does not know them. */
const FIRST_SKIPPABLE = 0x80

const HEADER_BYTES = 4
const CHECKSUM_BYTES = 4

const MAX_CHUNK_BYTES = 65_536

/** The first chunk of every stream: type, length, `sNaPpY`. */
const START: Uint8Array = Uint8Array.of(0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59)

interface Chunk {
  readonly type: number
  readonly content: Uint8Array
  readonly next: number
}

// guards

export const isSnappyFramed = (body: Uint8Array): boolean =>
  body.length >= START.length && START.every((byte, index) => body[index] === byte)

// constructors

/** A whole stream, or several in a row. */
export const snappyFramed = (
  body: Uint8Array,
  room: Decompressor.Room,
): Decompressor.Decompressed => {
  if (!isSnappyFramed(body)) {
    return E.left(Decompressor.corrupt('the stream does not begin with its identifier'))
  }
  const parts: Array<Uint8Array> = []
  let total = 0
  for (let at = 0; at < body.length; ) {
    const chunk = readChunk(body, at)
    if (chunk === undefined) return E.left(Decompressor.corrupt('the stream ends within a chunk'))
    const part = decodeChunk(chunk, room.take)
    if (E.isLeft(part)) return part
    total += part.right.length
    if (total > room.maxBytes) return E.left(Decompressor.tooLarge(room.maxBytes))
    parts.push(part.right)
    at = chunk.next
  }
  return E.right(Buffer.concat(parts, total))
}

const readChunk = (body: Uint8Array, at: number): Chunk | undefined => {
  const [type, low, middle, high] = body.subarray(at, at + HEADER_BYTES)
  if (type === undefined || low === undefined || middle === undefined || high === undefined) {
    return undefined
  }
  const start = at + HEADER_BYTES
  const next = start + (low | (middle << 8) | (high << 16))
  return next > body.length ? undefined : { type, content: body.subarray(start, next), next }
}

const decodeChunk = (
  { type, content }: Chunk,
  take: Decompressor.Room['take'],
): Decompressor.Decompressed => {
  if (type === COMPRESSED || type === UNCOMPRESSED) return decodeData(type, content, take)
  if (type >= FIRST_SKIPPABLE && type < IDENTIFIER) return E.right(new Uint8Array())
  if (type === IDENTIFIER && content.length === START.length - HEADER_BYTES) {
    return E.right(new Uint8Array())
  }
  return E.left(Decompressor.corrupt(`a chunk has the unknown type ${type}`))
}

const decodeData = (
  type: number,
  content: Uint8Array,
  take: Decompressor.Room['take'],
): Decompressor.Decompressed => {
  const data = content.subarray(CHECKSUM_BYTES)
  if (content.length < CHECKSUM_BYTES || (type === UNCOMPRESSED && data.length > MAX_CHUNK_BYTES)) {
    return E.left(Decompressor.corrupt('a chunk has an invalid length'))
  }
  const decoded =
    type === COMPRESSED
      ? snappyBlock(data, { maxBytes: MAX_CHUNK_BYTES, take })
      : stored(data, take)
  if (E.isLeft(decoded)) {
    return decoded.left._tag === 'TooLarge'
      ? E.left(Decompressor.corrupt(`a chunk has more than ${MAX_CHUNK_BYTES} bytes`))
      : decoded
  }
  const stated = new DataView(content.buffer, content.byteOffset).getUint32(0, true)
  return masked(crc32c(decoded.right)) === stated
    ? decoded
    : E.left(Decompressor.corrupt('the checksum of a chunk does not match'))
}

const stored = (data: Uint8Array, take: Decompressor.Room['take']): Decompressor.Decompressed =>
  take(data.length) ? E.right(data) : E.left(Decompressor.noMemory)

/** The format stores a checksum in this form, since data may contain checksums. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
