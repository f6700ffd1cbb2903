/**
 * `snappy` means the block format. Older Collectors sent the framing format under this name, and the gRPC clients of Go
 * still do. The identifier of the framing format is no start of a block with OTLP.
 */
import type * as Decompressor from './Decompressor.ts'
import { snappyBlock } from './snappyBlock.ts'
import { isSnappyFramed, snappyFramed } from './snappyFramed.ts'

// constructors

export const snappy: Decompressor.Decompressor = (body, room) =>
  isSnappyFramed(body) ? snappyFramed(body, room) : snappyBlock(body, room)
