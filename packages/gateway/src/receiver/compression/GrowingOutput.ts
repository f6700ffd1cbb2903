/** Output of unknown length: memory is doubled when it is full, up to the maximum. */
import type * as Decompressor from './Decompressor.ts'

// model

export interface GrowingOutput {
  readonly bytes: Uint8Array
  readonly length: number
}

const MIN_BYTES = 64 * 1024

// constructors

export const empty: GrowingOutput = { bytes: new Uint8Array(), length: 0 }

// combinators

/** Space for this many more bytes, or for as many as the maximum permits. `undefined` if other requests hold the memory. */
export const withSpace = (
  output: GrowingOutput,
  more: number,
  room: Decompressor.Room,
): GrowingOutput | undefined => {
  const needed = Math.min(room.maxBytes, output.length + more)
  if (needed <= output.bytes.length) return output
  const capacity = Math.min(room.maxBytes, Math.max(needed, MIN_BYTES, output.bytes.length * 2))
  if (!room.take(capacity)) return undefined
  const bytes = Buffer.allocUnsafe(capacity)
  bytes.set(output.bytes.subarray(0, output.length))
  return { bytes, length: output.length }
}

export const content = ({ bytes, length }: GrowingOutput): Uint8Array => bytes.subarray(0, length)
