/** Reads the body of an answer away, so that its connection can be used again; keeps how it starts. */
import type { Readable } from 'node:stream'

/** Never rejects: the status is known, and it is the answer whatever becomes of the body. */
export const readAnswer = async (body: Readable, keptBytes: number): Promise<string> => {
  const kept: Array<Buffer> = []
  let bytes = 0
  // A body that drips costs its connection rather than the time of those who wait.
  const timer = setTimeout(() => body.destroy(), MAX_MILLIS)
  try {
    for await (const chunk of body) {
      if (bytes < keptBytes) kept.push(Buffer.from(chunk).subarray(0, keptBytes - bytes))
      bytes += chunk.length
      // Leaving the loop ends the connection.
      if (bytes >= MAX_BYTES) break
    }
  } catch {
    // It broke, or took too long: what was read is what there is.
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(kept).toString('utf8')
}

/** Enough to reuse the connection after any honest answer; a longer one costs its connection. */
const MAX_BYTES = 64 * 1024

const MAX_MILLIS = 1_000
