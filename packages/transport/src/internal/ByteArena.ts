/**
 * Keeps the bytes of waiting envelopes in large chunks that are reused. Separate buffers that wait long and are then dropped
 * are old garbage, which runtimes collect late: memory would grow to a multiple of the waiting bytes.
 *
 * Law: `heldBytes() <= 2 * bytes of the kept ranges + SLACK_CHUNKS * chunkBytes`, in any order of operations. A range that waits
 * long among ranges that left is moved, so that it does not retain their chunk.
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

/** A range of bytes in a chunk. The arena may move it. */
export interface Kept {
  readonly length: number
}

/** A kept range, as the arena sees it. */
interface Range extends Kept {
  chunk: Chunk
  from: number
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The first unused byte. */
  free: number
  readonly ranges: Set<Range>
  /** Bytes of the ranges. */
  used: number
}

// constructors

const CHUNK_BYTES = 256 * 1024

/** If keeping and releasing go at one pace, one or two chunks alternate. */
const MAX_SPARE = 4

/** The spare chunks, the current one, and one that is moved. */
export const SLACK_CHUNKS: number = MAX_SPARE + 2

/** Mutable: one owner. */
export const make = (chunkBytes: number = CHUNK_BYTES): ByteArena => {
  let current = chunk(chunkBytes)
  /** All but the spare ones. */
  const chunks = new Set([current])
  const spare: Array<Chunk> = []
  let held = chunkBytes
  let used = 0

  const allocate = (length: number): Chunk => {
    held += length
    return chunk(length)
  }
  const chunkFor = (length: number): Chunk => {
    if (length <= current.bytes.length - current.free) return current
    if (length > chunkBytes / 4) {
      const own = allocate(length)
      chunks.add(own)
      return own
    }
    const full = current
    current = spare.pop() ?? allocate(chunkBytes)
    chunks.add(current)
    releaseIfEmpty(full)
    return current
  }
  /** Empties a chunk without ranges, for the next ones. */
  const releaseIfEmpty = (one: Chunk): void => {
    if (one.ranges.size > 0) return
    one.free = 0
    if (one === current) return
    chunks.delete(one)
    if (one.bytes.length === chunkBytes && spare.length < MAX_SPARE) spare.push(one)
    else held -= one.bytes.length
  }
  const place = (range: Range, bytes: Uint8Array): void => {
    const one = chunkFor(bytes.length)
    one.bytes.set(bytes, one.free)
    range.chunk = one
    range.from = one.free
    one.free += bytes.length
    one.used += bytes.length
    one.ranges.add(range)
    used += bytes.length
  }
  const remove = (range: Range): void => {
    const { chunk: one, from, length } = range
    one.ranges.delete(range)
    one.used -= length
    used -= length
    // The newest range can be overwritten at once.
    if (one.free === from + length) one.free = from
  }
  /**
   * Moves the ranges of chunks that are less than half used. It runs only if at least one such chunk exists, and copies less than
   * it frees: each byte that leaves pays for the move of at most one other.
   */
  const compact = (): void => {
    for (const one of [...chunks]) {
      if (one === current || one.used * 2 > one.bytes.length) continue
      for (const range of [...one.ranges]) {
        remove(range)
        place(range, one.bytes.subarray(range.from, range.from + range.length))
      }
      releaseIfEmpty(one)
    }
    while (held > 2 * used + SLACK_CHUNKS * chunkBytes && spare.pop() !== undefined) {
      held -= chunkBytes
    }
  }
  const drop = (kept: Kept): void => {
    // Only `keep` makes values of this type.
    const range = kept as Range
    remove(range)
    releaseIfEmpty(range.chunk)
    if (held > 2 * used + SLACK_CHUNKS * chunkBytes) compact()
  }
  return {
    keep: (bytes) => {
      const range: Range = { chunk: current, from: 0, length: bytes.length }
      place(range, bytes)
      return range
    },
    take: (kept) => {
      // Only `keep` makes values of this type.
      const { chunk: one, from, length } = kept as Range
      const bytes = one.bytes.slice(from, from + length)
      drop(kept)
      return bytes
    },
    drop,
    heldBytes: () => held,
  }
}

const chunk = (length: number): Chunk => ({
  bytes: new Uint8Array(length),
  free: 0,
  ranges: new Set(),
  used: 0,
})
