/** Reads a response body to its end, so that the connection can be reused, and returns its start. */
import type { Readable } from 'node:stream'

/** The connection is reused after shorter bodies, and closed after longer ones. */
const MAX_BYTES = 64 * 1024

const MAX_MILLIS = 1_000

/** Never rejects: the status is known, and the result does not depend on the end of the body. */
export const readStart = async (body: Readable, keptBytes: number): Promise<string> => {
  const kept: Array<Buffer> = []
  let bytes = 0
  // A slow body costs its connection, so that nobody waits for it.
  const timer = setTimeout(() => body.destroy(), MAX_MILLIS)
  try {
    for await (const chunk of body) {
      if (bytes < keptBytes) kept.push(Buffer.from(chunk).subarray(0, keptBytes - bytes))
      bytes += chunk.length
      // Leaving the loop closes the connection.
      if (bytes >= MAX_BYTES) break
    }
  } catch {
    // The body broke off or took too long: the part that was read is the result.
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(kept).toString('utf8')
}
