/** Reads a response body to its end, so that the connection can be reused. A long body is cancelled. */

/** The used part of a web stream. */
interface WebStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    cancel(): Promise<void>
  }
}

// running

/** Whether the body ended: it stops after `maxBytes`. Rejects if the body breaks off. `onPiece` receives each piece. */
export const drain = async (
  body: unknown,
  maxBytes: number,
  onPiece: (piece: Uint8Array) => void = () => undefined,
): Promise<boolean> => {
  let bytes = 0
  if (isReadable(body)) {
    const reader = body.getReader()
    while (bytes < maxBytes) {
      const { done, value } = await reader.read()
      if (done) return true
      if (value !== undefined) onPiece(value)
      bytes += value?.length ?? 0
    }
    await reader.cancel()
    return false
  } else if (isIterable(body)) {
    for await (const chunk of body) {
      onPiece(chunk)
      bytes += chunk.length
      // Leaving the loop destroys a Node stream.
      if (bytes >= maxBytes) return false
    }
  }
  return true
}

const isReadable = (body: unknown): body is WebStream =>
  typeof body === 'object' && body !== null && 'getReader' in body

const isIterable = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body
