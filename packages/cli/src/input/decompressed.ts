/** Decompresses gzip while it arrives. Other bytes stay as they are. The first bytes decide, whatever the name of the file is. */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import * as E from '#fp-ts/Either'
import type { FileError } from '../Capabilities.ts'
import type { InputFile } from './InputFile.ts'

type Chunks = AsyncIterable<E.Either<FileError, Uint8Array>>

/** RFC 1952. These bytes are in no JSON, and start no request in protobuf. */
const MAGIC = [0x1f, 0x8b] as const

// running

/** `onRead` receives the number of compressed bytes as they are read. Bytes before an error are kept. */
export const decompressed = async function* (
  file: InputFile,
  onRead: (bytes: number) => void,
): Chunks {
  const chunks = file.chunks()[Symbol.asyncIterator]()
  let failure: FileError | undefined
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await chunks.next()
    if (done === true || value === undefined) return undefined
    if (E.isLeft(value)) {
      failure = value.left
      return undefined
    }
    onRead(value.right.length)
    return value.right
  }
  const rest = async function* (start: Uint8Array): AsyncGenerator<Uint8Array> {
    yield start
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk
  }
  try {
    const start = await firstBytes(MAGIC.length, next)
    const isGzip = MAGIC.every((byte, index) => start[index] === byte)
    if (isGzip) yield* gunzipped(file.path, rest(start))
    else for await (const chunk of rest(start)) yield E.right(chunk)
    if (failure !== undefined) yield E.left(failure)
  } finally {
    await chunks.return?.()
  }
}

const firstBytes = async (
  length: number,
  next: () => Promise<Uint8Array | undefined>,
): Promise<Uint8Array> => {
  let bytes: Uint8Array = new Uint8Array(0)
  while (bytes.length < length) {
    const chunk = await next()
    if (chunk === undefined) break
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
  }
  return bytes
}

/** Several members behind each other, as `cat a.gz b.gz` makes them, are read as one. */
const gunzipped = async function* (path: string, source: AsyncIterable<Uint8Array>): Chunks {
  const gunzip = createGunzip()
  const input = Readable.from(source)
  input.on('error', (error) => gunzip.destroy(error))
  input.pipe(gunzip)
  try {
    for await (const chunk of gunzip) yield E.right(chunk)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    yield E.left({ path, reason: `gzip data that is damaged or cut off: ${reason}` })
  } finally {
    input.destroy()
    gunzip.destroy()
  }
}
