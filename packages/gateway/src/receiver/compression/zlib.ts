/** gzip (RFC 1952, with several members) and zlib (RFC 1950), with the decompressors of Node. */
import type { Transform } from 'node:stream'
import { createGunzip, createInflate, type ZlibOptions } from 'node:zlib'
import * as E from '#fp-ts/Either'
import * as Decompressor from './Decompressor.ts'

// constructors

/** OTLP shrinks to about a sixth. A chunk for the whole output costs one turn of the thread pool. */
const EXPECTED_RATIO = 6

const MIN_CHUNK_BYTES = 16 * 1024

const MAX_CHUNK_BYTES = 256 * 1024

const decompressWith =
  (create: (options: ZlibOptions) => Transform): Decompressor.Decompressor =>
  (body, room) =>
    new Promise((resolve) => {
      const chunkSize = Math.min(
        MAX_CHUNK_BYTES,
        Math.max(MIN_CHUNK_BYTES, body.length * EXPECTED_RATIO),
      )
      const stream = create({ chunkSize })
      const chunks: Array<Uint8Array> = []
      let total = 0
      const fail = (error: Decompressor.DecompressError): void => {
        stream.destroy()
        resolve(E.left(error))
      }
      stream.on('data', (chunk: Uint8Array) => {
        total += chunk.length
        if (total > room.maxBytes) return fail(Decompressor.tooLarge(room.maxBytes))
        if (!room.take(chunk.length)) return fail(Decompressor.noMemory)
        chunks.push(chunk)
      })
      stream.on('error', ({ message }) => fail(Decompressor.corrupt(message)))
      stream.on('end', () => {
        const [only] = chunks
        resolve(
          E.right(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, total)),
        )
      })
      stream.end(body)
    })

export const gzip: Decompressor.Decompressor = decompressWith(createGunzip)

export const zlib: Decompressor.Decompressor = decompressWith(createInflate)
