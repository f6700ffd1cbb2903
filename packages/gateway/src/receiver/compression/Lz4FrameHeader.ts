/** The header of an LZ4 frame. Source: github.com/lz4/lz4, `doc/lz4_Frame_format.md`. */
import * as E from '#fp-ts/Either'
import { xxh32 } from './xxh32.ts'

// model

export interface Lz4FrameHeader {
  readonly hasIndependentBlocks: boolean
  readonly hasBlockChecksums: boolean
  readonly hasContentChecksum: boolean
  readonly maxBlockBytes: number
  /** Of the content, if the frame states it. */
  readonly contentBytes: number | undefined
  /** Where the first block begins. */
  readonly next: number
}

const MAGIC = 0x184d2204

const VERSION = 1

/** By the value of the field, 4 to 7. */
const BLOCK_BYTES: ReadonlyMap<number, number> = new Map([
  [4, 64 * 1024],
  [5, 256 * 1024],
  [6, 1024 * 1024],
  [7, 4 * 1024 * 1024],
])

const SHORTEST_BYTES = 7

// decoding

/** The header at this place. */
export const readHeader = (view: DataView, start: number): E.Either<string, Lz4FrameHeader> => {
  if (start + SHORTEST_BYTES > view.byteLength) return E.left('the frame ends within its header')
  if (view.getUint32(start, true) !== MAGIC) return E.left('the frame has no magic number of LZ4')
  const flags = view.getUint8(start + 4)
  const maxBlockBytes = BLOCK_BYTES.get((view.getUint8(start + 5) >> 4) & 7)
  if (flags >> 6 !== VERSION) return E.left('the frame has an unknown version')
  if (maxBlockBytes === undefined) return E.left('the frame has an unknown size of blocks')
  if ((flags & 1) !== 0) return E.left('the frame needs a dictionary')
  const hasSize = (flags & 8) !== 0
  const checksumAt = start + 6 + (hasSize ? 8 : 0)
  if (checksumAt >= view.byteLength) return E.left('the frame ends within its header')
  const described = new Uint8Array(
    view.buffer,
    view.byteOffset + start + 4,
    checksumAt - (start + 4),
  )
  if (view.getUint8(checksumAt) !== ((xxh32(described) >>> 8) & 0xff)) {
    return E.left('the checksum of the header does not match')
  }
  return E.right({
    hasIndependentBlocks: (flags & 0x20) !== 0,
    hasBlockChecksums: (flags & 0x10) !== 0,
    hasContentChecksum: (flags & 4) !== 0,
    maxBlockBytes,
    contentBytes: hasSize ? Number(view.getBigUint64(start + 6, true)) : undefined,
    next: checksumAt + 1,
  })
}
