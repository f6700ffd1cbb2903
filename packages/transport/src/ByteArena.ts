/**
 * Keeps the bytes of what waits, copied into large chunks that are used again and again. What waits for long and is then
 * dropped would otherwise be garbage that no runtime collects early: memory would grow to a multiple of what waits.
 */

// model

export interface ByteArena {
  /** Copies. What was kept is given back once, by `take` or `drop`. */
  readonly keep: (bytes: Uint8Array) => Kept
  /** A copy of what was kept. */
  readonly take: (kept: Kept) => Uint8Array<ArrayBuffer>
  readonly drop: (kept: Kept) => void
  /** Bytes of all chunks, those among them that hold nothing now. */
  readonly heldBytes: () => number
}

/** Where something is kept. */
export interface Kept {
  readonly chunk: Chunk
  readonly from: number
  readonly to: number
}

export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Bytes from here on are not used yet. */
  free: number
  /** How many that were kept in it are there still. */
  count: number
}

// constructors

/** Mutable: one owner. A chunk is used again when all that was in it is gone, so that bytes should go about as they came. */
export const make = (chunkBytes: number = CHUNK_BYTES): ByteArena => {
  let current = chunk(0)
  let held = 0
  const spare: Array<Chunk> = []

  const roomFor = (length: number): Chunk => {
    if (length <= current.bytes.length - current.free) return current
    if (length > chunkBytes / 4) return owned(length)
    const full = current
    current = spare.pop() ?? owned(chunkBytes)
    release(full)
    return current
  }
  const owned = (length: number): Chunk => {
    held += length
    return chunk(length)
  }
  /** Empties a chunk in which nothing is left, for what comes next. */
  const release = (one: Chunk): void => {
    if (one.count > 0) return
    one.free = 0
    if (one === current) return
    if (one.bytes.length === chunkBytes && spare.length < MAX_SPARE) spare.push(one)
    else held -= one.bytes.length
  }
  const drop = ({ chunk: one, from, to }: Kept): void => {
    one.count--
    // What came last gives its place back at once.
    if (one.free === to) one.free = from
    release(one)
  }
  return {
    keep: (bytes) => {
      const one = roomFor(bytes.length)
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

const CHUNK_BYTES = 256 * 1024

/** Where what comes in and what goes out keep pace, one or two chunks go to and fro. */
const MAX_SPARE = 4
