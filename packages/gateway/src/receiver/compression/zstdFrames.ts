/**
 * The length of the output of Zstandard frames, from their headers alone. A decompressor is given this much memory and no more.
 * Source: RFC 8878, section 3.1.
 */
import * as E from '#fp-ts/Either'

// model

/** The output of all frames. */
export interface ZstdLength {
  /** It has at most this many bytes. */
  readonly maxBytes: number
  /** It has exactly `maxBytes`. */
  readonly isExact: boolean
}

interface FrameEnd extends ZstdLength {
  readonly next: number
}

const MAGIC = 0xfd2fb528

/** 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a5

const MAX_BLOCK_BYTES = 128 * 1024

const CHECKSUM_BYTES = 4

const RAW = 0
const RLE = 1
const COMPRESSED = 2

const CUT_OFF: E.Either<string, never> = E.left('the body ends within a frame')

// decoding

/** Reads the headers of all frames and blocks. */
export const zstdLength = (body: Uint8Array): E.Either<string, ZstdLength> => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  let maxBytes = 0
  let isExact = true
  for (let at = 0; at < body.length; ) {
    const frame = readFrame(view, at)
    if (E.isLeft(frame)) return frame
    maxBytes += frame.right.maxBytes
    isExact &&= frame.right.isExact
    at = frame.right.next
  }
  return E.right({ maxBytes, isExact })
}

const readFrame = (view: DataView, at: number): E.Either<string, FrameEnd> => {
  if (at + 8 > view.byteLength) return CUT_OFF
  const magic = view.getUint32(at, true)
  if (magic >>> 4 === SKIPPABLE) {
    const next = at + 8 + view.getUint32(at + 4, true)
    return next > view.byteLength ? CUT_OFF : E.right({ maxBytes: 0, isExact: true, next })
  }
  if (magic !== MAGIC) return E.left('a frame has no magic number of Zstandard')
  const flags = view.getUint8(at + 4)
  if ((flags & 3) !== 0) return E.left('the frame needs a dictionary')
  const isSingleSegment = (flags & 0x20) !== 0
  const sizeBytes = contentSizeBytes(flags >> 6, isSingleSegment)
  const sizeAt = at + 5 + (isSingleSegment ? 0 : 1)
  if (sizeAt + sizeBytes > view.byteLength) return CUT_OFF
  const stated = readContentSize(view, sizeAt, sizeBytes)
  const blocks = readBlocks(view, sizeAt + sizeBytes)
  if (E.isLeft(blocks)) return blocks
  const next = blocks.right.next + ((flags & 4) !== 0 ? CHECKSUM_BYTES : 0)
  if (next > view.byteLength) return CUT_OFF
  if (stated === undefined) return E.right({ ...blocks.right, next })
  return stated > blocks.right.maxBytes
    ? E.left('a frame is shorter than it states')
    : E.right({ maxBytes: stated, isExact: true, next })
}

const contentSizeBytes = (flag: number, isSingleSegment: boolean): number => {
  if (flag === 0) return isSingleSegment ? 1 : 0
  return 2 ** flag
}

const readContentSize = (view: DataView, at: number, bytes: number): number | undefined => {
  switch (bytes) {
    case 1:
      return view.getUint8(at)
    case 2:
      return view.getUint16(at, true) + 256
    case 4:
      return view.getUint32(at, true)
    case 8:
      return Number(view.getBigUint64(at, true))
    default:
      return undefined
  }
}

const readBlocks = (view: DataView, start: number): E.Either<string, FrameEnd> => {
  let maxBytes = 0
  let isExact = true
  let next = start
  for (;;) {
    if (next + 3 > view.byteLength) return CUT_OFF
    const header = view.getUint16(next, true) | (view.getUint8(next + 2) << 16)
    const type = (header >> 1) & 3
    const size = header >> 3
    if (type > COMPRESSED || size > MAX_BLOCK_BYTES) return E.left('a block has an invalid header')
    next += 3 + (type === RLE ? 1 : size)
    if (next > view.byteLength) return CUT_OFF
    maxBytes += type === COMPRESSED ? MAX_BLOCK_BYTES : size
    if (type !== RAW && type !== RLE) isExact = false
    if ((header & 1) !== 0) return E.right({ maxBytes, isExact, next })
  }
}
