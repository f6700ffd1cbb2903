/** A decompressor reads a whole body and is bounded while it writes: it never holds more than `maxBytes` of output. */
import type * as E from '#fp-ts/Either'

// model

/** The space for the output. */
export interface Room {
  readonly maxBytes: number
  /** Asks for bytes of the memory that all requests share; see `Budget`. */
  readonly take: (bytes: number) => boolean
}

export type DecompressError =
  | { readonly _tag: 'TooLarge'; readonly maxBytes: number }
  /** Other requests hold the memory. The sender may repeat the request. */
  | { readonly _tag: 'NoMemory' }
  | { readonly _tag: 'Corrupt'; readonly reason: string }

export type Decompressed = E.Either<DecompressError, Uint8Array>

/** Never rejects. */
export type Decompressor = (body: Uint8Array, room: Room) => Decompressed | Promise<Decompressed>

// constructors

export const tooLarge = (maxBytes: number): DecompressError => ({ _tag: 'TooLarge', maxBytes })

export const noMemory: DecompressError = { _tag: 'NoMemory' }

export const corrupt = (reason: string): DecompressError => ({ _tag: 'Corrupt', reason })
