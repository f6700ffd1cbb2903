/** Reads the body of a request within limits. The rest stays in the stream. */
import type { Readable } from 'node:stream'
import type { Lease } from '../memory/Budget.ts'

// model

export type BodyRead =
  | { readonly _tag: 'Whole'; readonly bytes: number; readonly body: Uint8Array }
  | { readonly _tag: 'TooLarge'; readonly bytes: number }
  /** Other requests hold the memory. */
  | { readonly _tag: 'NoMemory'; readonly bytes: number }
  /** The connection ended before the body did. */
  | { readonly _tag: 'Aborted'; readonly bytes: number }

// running

/** Never rejects. */
export const readBody = (source: Readable, maxBytes: number, lease: Lease): Promise<BodyRead> =>
  new Promise((resolve) => {
    const chunks: Array<Uint8Array> = []
    let bytes = 0
    const end = (result: BodyRead): void => {
      source.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      // An error that comes later has no reader any more.
      source.on('error', () => undefined)
      source.pause()
      resolve(result)
    }
    const onData = (chunk: Uint8Array): void => {
      bytes += chunk.length
      if (bytes > maxBytes) end({ _tag: 'TooLarge', bytes })
      else if (!lease.take(chunk.length)) end({ _tag: 'NoMemory', bytes })
      else chunks.push(chunk)
    }
    const onEnd = (): void => {
      const [only] = chunks
      const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, bytes)
      end({ _tag: 'Whole', bytes, body })
    }
    const onClose = (): void => end({ _tag: 'Aborted', bytes })
    source.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
