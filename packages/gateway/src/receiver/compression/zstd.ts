/**
 * Zstandard, by the reference implementation in WebAssembly (zstddec). It is given the memory for the output beforehand, and ends
 * in linear time for any input; see `docs/design/0010-receivers.md`.
 */
import { ZSTDDecoder } from 'zstddec'
import * as E from '#fp-ts/Either'
import * as Decompressor from './Decompressor.ts'
import { zstdLength } from './zstdFrames.ts'

// constructors

export const zstd: Decompressor.Decompressor = async (body, room) => {
  const length = zstdLength(body)
  if (E.isLeft(length)) return E.left(Decompressor.corrupt(length.left))
  const { maxBytes, isExact } = length.right
  if (maxBytes === 0) return E.right(new Uint8Array())
  if (isExact && maxBytes > room.maxBytes) return E.left(Decompressor.tooLarge(room.maxBytes))
  const capacity = Math.min(maxBytes, room.maxBytes)
  if (!room.take(capacity)) return E.left(Decompressor.noMemory)
  const decoder = new ZSTDDecoder()
  // All decoders share one instance of the module, which is compiled for the first of them.
  await decoder.init()
  const output = decoder.decode(body, capacity)
  if (isExact ? output.length === maxBytes : output.length > 0) return E.right(output)
  // It gives no bytes for output that does not fit as well as for damaged input.
  return E.left(
    maxBytes > room.maxBytes
      ? Decompressor.tooLarge(room.maxBytes)
      : Decompressor.corrupt('a block cannot be decoded'),
  )
}
