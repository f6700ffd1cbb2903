/** Reads a response body to its end. */
import type { Readable } from 'node:stream'

/** `undefined` for a body that is larger than the bound, which costs its connection. Rejects for one that broke off. */
export const readWhole = async (body: Readable, maxBytes: number): Promise<string | undefined> => {
  const chunks: Array<Buffer> = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk))
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}
