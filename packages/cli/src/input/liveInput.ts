/** Files and standard input of a real process, in chunks. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { FileError, KeepOptions } from '../Capabilities.ts'
import { errorReason } from '../errorReason.ts'
import type { InputFile, KeptInput } from './InputFile.ts'

/** Bytes of one chunk of a file. */
const CHUNK_BYTES = 256 * 1024

// running

/** The path `-` is standard input. Pipes and devices are streams as well. */
export const openInput =
  (path: string): TE.TaskEither<FileError, InputFile> =>
  async () => {
    if (path === '-') {
      return E.right({ path, size: undefined, chunks: () => chunksOf(path, process.stdin) })
    }
    try {
      const found = await stat(path)
      // A pipe must not be opened twice.
      if (found.isFile()) await (await open(path)).close()
      else if (found.isDirectory()) return E.left({ path, reason: 'is a folder' })
      return E.right({
        path,
        size: found.isFile() ? found.size : undefined,
        chunks: () => chunksOf(path, createReadStream(path, { highWaterMark: CHUNK_BYTES })),
      })
    } catch (error) {
      return E.left({ path, reason: errorReason(error) })
    }
  }

const chunksOf = async function* (
  path: string,
  stream: Readable,
): AsyncGenerator<E.Either<FileError, Uint8Array>> {
  try {
    for await (const chunk of stream) yield E.right(chunk)
  } catch (error) {
    yield E.left({ path, reason: errorReason(error) })
  }
}

/** Copies a stream into a folder of its own below that for temporary files, which only this user can read. */
export const keepInput =
  (file: InputFile, options: KeepOptions): TE.TaskEither<FileError, KeptInput> =>
  async () => {
    let folder: string | undefined
    const remove = async (): Promise<void> => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    }
    try {
      folder = await mkdtemp(join(tmpdir(), 'sentry-exporter-'))
      const copy = join(folder, 'input')
      await pipeline(Readable.from(bytesOf(file, options)), createWriteStream(copy))
      const { size } = await stat(copy)
      const chunks = (): InputFile['chunks'] extends () => infer A ? A : never =>
        chunksOf(file.path, createReadStream(copy, { highWaterMark: CHUNK_BYTES }))
      return E.right({ path: file.path, size, chunks, remove })
    } catch (error) {
      await remove()
      return E.left({ path: file.path, reason: errorReason(error) })
    }
  }

const bytesOf = async function* (
  { chunks }: InputFile,
  { onRead, isEnded }: KeepOptions,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks()) {
    if (E.isLeft(chunk)) throw new Error(chunk.left.reason)
    if (isEnded()) return
    onRead(chunk.right.length)
    yield chunk.right
  }
}
