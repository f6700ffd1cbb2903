/**
 * Keeps the bytes of waiting envelopes in large chunks that are reused. Separate buffers that wait long and are then dropped
 * are old garbage, which runtimes collect late: memory would grow to a multiple of the waiting bytes.
 */

// model

export interface ByteArena {
  /** Copies. Each kept range is released once, by `take` or `drop`. */
  readonly keep: (bytes: Uint8Array) => Kept
  /** A copy of a kept range, which is released. */
  readonly take: (kept: Kept) => Uint8Array<ArrayBuffer>
  readonly drop: (kept: Kept) => void
  /** The size of all chunks in bytes, with the empty ones. */
  readonly heldBytes: () => number
}

/** A range of bytes in a chunk. */
export interface Kept {
  readonly chunk: Chunk
  readonly from: number
  readonly to: number
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The first unused byte. */
  free: number
  /** The number of ranges that are not released. */
  count: number
}

// constructors

const CHUNK_BYTES = 256 * 1024

/** If keeping and releasing go at one pace, one or two chunks alternate. */
const MAX_SPARE = 4

/**
 * Mutable: one owner. A chunk is reused when all ranges in it are released, so ranges should be released in about the order
 * in which they were kept.
 */
export const make = (chunkBytes: number = CHUNK_BYTES): ByteArena => {
  let current = chunk(0)
  let held = 0
  const spare: Array<Chunk> = []

  const chunkFor = (length: number): Chunk => {
    if (length <= current.bytes.length - current.free) return current
    if (length > chunkBytes / 4) return allocate(length)
    const full = current
    current = spare.pop() ?? allocate(chunkBytes)
    reuse(full)
    return current
  }
  const allocate = (length: number): Chunk => {
    held += length
    return chunk(length)
  }
  /** Empties a chunk without ranges, for the next ones. */
  const reuse = (one: Chunk): void => {
    if (one.count > 0) return
    one.free = 0
    if (one === current) return
    if (one.bytes.length === chunkBytes && spare.length < MAX_SPARE) spare.push(one)
    else held -= one.bytes.length
  }
  const drop = ({ chunk: one, from, to }: Kept): void => {
    one.count--
    // The newest range can be overwritten at once.
    if (one.free === to) one.free = from
    reuse(one)
  }
  return {
    keep: (bytes) => {
      const one = chunkFor(bytes.length)
      const from = one.free
      one.bytes.set(bytes, from)
      one.free += bytes.length
      one.count++
      return { chunk: one, from, to: one.free }
    },
    take: (kept) => {
      const bytes = kept.chunk.bytes.slice(kept.from, kept.to)
      drop(kept)
      return bytes
    },
    drop,
    heldBytes: () => held,
  }
}

const chunk = (length: number): Chunk => ({ bytes: new Uint8Array(length), free: 0, count: 0 })
