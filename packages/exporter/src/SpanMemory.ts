/**
 * The buffers that waiting spans share. A buffer stays as long as one of its spans waits: spans of buffers that are used little
 * are copied into new ones.
 *
 * Law: after a step of `Pending` its spans retain at most `2 * bytes of the spans + slackBytes` of buffers.
 */
import type { Payload } from '@sentry-exporter/core/pipeline'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'

// model

/** The size of shared buffers, and the bytes that may be retained beyond twice those of the spans. */
export interface MemorySizes {
  readonly bufferBytes: number
  readonly slackBytes: number
}

/** How much of a buffer waits. */
interface Use {
  bytes: number
}

// constructors

export const sizes: MemorySizes = { bufferBytes: 256 * 1024, slackBytes: 4 * 1024 * 1024 }

/** Counts by buffer. The counts retain no buffer, so that spans which are never reported cost no memory. */
interface Counts {
  readonly uses: WeakMap<Uint8Array, Use>
  retained: number
  waiting: number
}

/** `copyOf` gives a span at another place. */
export const make = <A extends Utf8.Slice>(
  { bufferBytes, slackBytes }: MemorySizes,
  copyOf: (span: A, place: Utf8.Slice) => A,
): Payload.PayloadMemory<A> => {
  let counts: Counts = noCounts()
  const useOf = (buffer: Uint8Array): Use => {
    const known = counts.uses.get(buffer)
    if (known !== undefined) return known
    const use = { bytes: 0 }
    counts.uses.set(buffer, use)
    return use
  }
  // Spans that wait together were printed together.
  let last: { readonly buffer: Uint8Array; readonly use: Use } | undefined
  const change = ({ buffer }: A, bytes: number): void => {
    if (last?.buffer !== buffer) last = { buffer, use: useOf(buffer) }
    const { use } = last
    const wasUsed = use.bytes > 0
    use.bytes += bytes
    counts.waiting += bytes
    if (wasUsed === use.bytes > 0) return
    counts.retained += wasUsed ? -buffer.length : buffer.length
  }
  const add = ({ value }: { readonly value: A }): void => change(value, Utf8.lengthOf(value))
  return {
    add,
    remove: ({ value }) => change(value, -Utf8.lengthOf(value)),
    isSparse: () => counts.retained > 2 * counts.waiting + slackBytes,
    move: (waiting) => {
      // Counted anew: a machine that goes back to an old state reports what it reported before.
      counts = noCounts()
      last = undefined
      for (const one of waiting) add(one)
      const before = counts.uses
      const isSparse = ({ buffer }: A): boolean =>
        DENSE_PARTS * (before.get(buffer)?.bytes ?? 0) < DENSE_OF * buffer.length
      let sparseBytes = 0
      for (const { value } of waiting) if (isSparse(value)) sparseBytes += Utf8.lengthOf(value)
      const place = placing(bufferBytes, sparseBytes)
      counts = noCounts()
      last = undefined
      return (span) => {
        const moved = isSparse(span) ? copyOf(span, place(span)) : span
        change(moved, Utf8.lengthOf(moved))
        return moved
      }
    },
  }
}

/** A buffer of which less than two thirds wait is sparse. Half would do, but then the next move could follow soon. */
const DENSE_PARTS = 3
const DENSE_OF = 2

const noCounts = (): Counts => ({ uses: new WeakMap(), retained: 0, waiting: 0 })

/** Copies spans one behind the other. Their sum is known, so that the last buffer has no unused end. */
const placing = (bufferBytes: number, sum: number): ((span: Utf8.Slice) => Utf8.Slice) => {
  let left = sum
  let buffer = new Uint8Array(0)
  let free = 0
  return (span) => {
    const length = Utf8.lengthOf(span)
    if (free + length > buffer.length) {
      buffer = new Uint8Array(Math.max(length, Math.min(bufferBytes, left)))
      free = 0
    }
    const from = free
    buffer.set(Utf8.bytesOf(span), from)
    free += length
    left -= length
    return { buffer, from, to: free }
  }
}
