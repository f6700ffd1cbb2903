/** Reads the body of an answer away, so that its connection can be used again, or is freed if the body is long. */

/** Of a stream of the web. */
interface Readable {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    cancel(): Promise<void>
  }
}

/** Stops after this many bytes. Rejects if the body breaks. Each piece is shown as it comes. */
export const drain = async (
  body: unknown,
  mostBytes: number,
  show: (piece: Uint8Array) => void = () => undefined,
): Promise<void> => {
  let bytes = 0
  if (isReadable(body)) {
    const reader = body.getReader()
    while (bytes < mostBytes) {
      const { done, value } = await reader.read()
      if (done) return
      if (value !== undefined) show(value)
      bytes += value?.length ?? 0
    }
    await reader.cancel()
  } else if (isIterable(body)) {
    for await (const chunk of body) {
      show(chunk)
      bytes += chunk.length
      // Leaving the loop destroys a stream of Node.
      if (bytes >= mostBytes) break
    }
  }
}

const isReadable = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'getReader' in body

const isIterable = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body
