/**
 * Parts of a file that can be decoded one at a time, so that a file of any size takes the memory of a part. A part ends between two
 * values of JSON, or between two messages in the format of the Collector's `file` exporter. A value that is larger than a part
 * is one part.
 */
import * as E from '#fp-ts/Either'
import type { FileError } from '../Capabilities.ts'

// model

export type FilePiece =
  /** All of a small file: its encoding is not known yet. */
  | { readonly _tag: 'Whole'; readonly bytes: Uint8Array }
  /** Whole values of JSON. Lines count from 1. */
  | { readonly _tag: 'Lines'; readonly bytes: Uint8Array; readonly firstLine: number }
  /** A message of protobuf. Messages count from 1. */
  | { readonly _tag: 'Message'; readonly bytes: Uint8Array; readonly number: number }
  /** The file has no further part that can be read. */
  | { readonly _tag: 'Failed'; readonly error: FileError }

/** The size from which a part is cut off. */
const PIECE_BYTES = 1024 * 1024

/** The largest part. Text of twice this length does not fit into a string of V8. */
const MAX_PIECE_BYTES = 256 * 1024 * 1024

export interface PieceSizes {
  readonly pieceBytes: number
  readonly maxBytes: number
}

const SIZES: PieceSizes = { pieceBytes: PIECE_BYTES, maxBytes: MAX_PIECE_BYTES }

type Form = 'text' | 'messages' | 'whole'

const LINE_FEED = 0x0a
const CLOSE_BRACE = 0x7d
const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b
const LENGTH_BYTES = 4

/** Tab and characters before it: in JSON no file starts with one, and in protobuf no request does. */
const MAX_LENGTH_START = 0x08

/** Blanks, the parts of a byte order mark, and the record separator of RFC 7464: all may be between two values. */
const BETWEEN: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, LINE_FEED, 0xef, 0xbb, 0xbf, 0x1e])

// running

/** The parts of decompressed bytes, in their order. */
export const ofChunks = async function* (
  path: string,
  chunks: AsyncIterable<E.Either<FileError, Uint8Array>>,
  { pieceBytes, maxBytes }: PieceSizes = SIZES,
): AsyncGenerator<FilePiece> {
  const buffer = growing()
  const place: FilePlace = { line: 1, message: 1, isStart: true }
  let form: Form | undefined
  // A value that is larger than a part is searched for its end again when its bytes have doubled.
  let enough = pieceBytes
  for await (const chunk of chunks) {
    if (E.isLeft(chunk)) {
      if (buffer.length() > 0) yield* last(buffer.take(), form, place)
      yield { _tag: 'Failed', error: chunk.left }
      return
    }
    buffer.add(chunk.right)
    if (buffer.length() < enough) continue
    form ??= formOf(buffer.bytes())
    for (let piece = cut(buffer, form, place); piece !== undefined; ) {
      place.isStart = false
      yield piece
      piece = form === 'messages' ? cut(buffer, form, place) : undefined
    }
    if (buffer.length() > maxBytes) {
      const reason = `line ${place.line}: more than ${maxBytes} bytes without the end of a value; the rest was not read`
      yield { _tag: 'Failed', error: { path, reason } }
      return
    }
    enough = Math.min(Math.max(pieceBytes, buffer.length() * 2), maxBytes + 1)
  }
  yield* last(buffer.take(), form, place)
}

/** The numbers of the next line and of the next message, and whether nothing was cut off yet. */
interface FilePlace {
  line: number
  message: number
  isStart: boolean
}

const last = function* (
  bytes: Uint8Array,
  form: Form | undefined,
  { line, message, isStart }: FilePlace,
): Generator<FilePiece> {
  if (isStart) yield { _tag: 'Whole', bytes }
  else if (bytes.length === 0) return
  else if (form !== 'messages') yield { _tag: 'Lines', bytes, firstLine: line }
  // A message that is cut off is one that cannot be read.
  else yield { _tag: 'Message', bytes: bytes.subarray(LENGTH_BYTES), number: message }
}

// decoding

/** Bytes that may be JSON and may be protobuf are read as a whole: `OtlpBytes` decides. */
const formOf = (bytes: Uint8Array): Form => {
  const [first = 0, second, third] = bytes
  if (first <= MAX_LENGTH_START) return bytes[LENGTH_BYTES] === LINE_FEED ? 'messages' : 'whole'
  // 0A 7B 0A starts a request in protobuf too.
  if (first === LINE_FEED && second === OPEN_BRACE && third === LINE_FEED) return 'whole'
  const open = bytes.find((byte) => !BETWEEN.has(byte))
  return open === OPEN_BRACE || open === OPEN_BRACKET ? 'text' : 'whole'
}

/** Takes the next part out of the buffer, if it is complete. */
const cut = (buffer: Growing, form: Form, place: FilePlace): FilePiece | undefined => {
  if (form === 'whole') return undefined
  if (form === 'messages') return cutMessage(buffer, place)
  const end = lastBoundary(buffer.bytes(), buffer.searched())
  if (end === undefined) {
    buffer.search()
    return undefined
  }
  const bytes = buffer.take(end)
  const piece: FilePiece = { _tag: 'Lines', bytes, firstLine: place.line }
  place.line += lineFeedsIn(bytes)
  return piece
}

/** Each message is behind its length in four bytes, the highest first. Source: `exporter/fileexporter` of opentelemetry-collector-contrib. */
const cutMessage = (buffer: Growing, place: FilePlace): FilePiece | undefined => {
  const bytes = buffer.bytes()
  if (bytes.length < LENGTH_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = LENGTH_BYTES + view.getUint32(0)
  if (bytes.length < end) return undefined
  const message = buffer.take(end).subarray(LENGTH_BYTES)
  return { _tag: 'Message', bytes: message, number: place.message++ }
}

/**
 * The end of the last value that another one follows: a closing brace, a line feed, and an opening brace, with blanks between them. No
 * value of JSON has this inside: its texts have no line feeds, and its objects have a comma between them.
 */
const lastBoundary = (bytes: Uint8Array, from: number): number | undefined => {
  let opens = false
  for (let at = bytes.length - 1; at >= from; at--) {
    const byte = bytes[at] ?? 0
    if (byte === LINE_FEED && opens) {
      let before = at - 1
      while (before >= 0 && BETWEEN.has(bytes[before] ?? 0)) before--
      if (bytes[before] === CLOSE_BRACE) return at + 1
    }
    opens = byte === OPEN_BRACE || (opens && BETWEEN.has(byte))
  }
  return undefined
}

const lineFeedsIn = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count++
  return count
}

/** Chunks that are joined when they are looked at. */
interface Growing {
  readonly add: (chunk: Uint8Array) => void
  readonly length: () => number
  readonly bytes: () => Uint8Array
  /** Removes the bytes up to an index, or all, and gives them. */
  readonly take: (end?: number) => Uint8Array
  /** The index from which no boundary was looked for. */
  readonly searched: () => number
  /** Everything up to now was searched. */
  readonly search: () => void
}

const growing = (): Growing => {
  let chunks: Array<Uint8Array> = []
  let length = 0
  let searched = 0
  const bytes = (): Uint8Array => {
    const [first] = chunks
    if (first !== undefined && chunks.length === 1) return first
    const joined = Buffer.concat(chunks)
    chunks = [joined]
    return joined
  }
  return {
    add: (chunk) => {
      chunks.push(chunk)
      length += chunk.length
    },
    length: () => length,
    bytes,
    take: (end = length) => {
      const all = bytes()
      chunks = [all.subarray(end)]
      length -= end
      searched = 0
      return all.subarray(0, end)
    },
    searched: () => searched,
    search: () => {
      const all = bytes()
      searched = length
      // A boundary in the last blanks may end in bytes that are not there yet.
      while (searched > 0 && BETWEEN.has(all[searched - 1] ?? 0)) searched--
    },
  }
}
