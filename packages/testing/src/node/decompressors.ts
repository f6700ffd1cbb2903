/**
 * The content encodings that Sentry accepts, by `node:zlib`, for an `InMemorySentry` that receives compressed requests.
 * `zstd`, which Relay accepts too, is left out: Node 20 lacks it. Source: `relay-config/src/config.rs` of getsentry/relay.
 *
 * @example
 * ```ts
 * import { gzipSync } from 'node:zlib'
 * import { decompressors } from '@sentry-exporter/testing/decompressors'
 *
 * const gunzip = decompressors.get('gzip')
 * console.log(gunzip?.(gzipSync('{}'), 1_000)._tag) // Right
 * console.log(gunzip?.(gzipSync('{}'), 1)) // { _tag: 'Left', left: 'envelope-too-large' }
 * ```
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import * as E from '#fp-ts/Either'
import type { Decompress, Decompressors } from '../inMemorySentry/Body.ts'

// constructors

type Inflate = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array

const by =
  (inflate: Inflate): Decompress =>
  (body, maxBytes) => {
    try {
      return E.right(inflate(body, { maxOutputLength: maxBytes }))
    } catch (error) {
      return E.left(
        error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
          ? 'envelope-too-large'
          : 'body-encoding',
      )
    }
  }

export const decompressors: Decompressors = new Map([
  ['br', by(brotliDecompressSync)],
  ['deflate', by(inflateSync)],
  ['gzip', by(gunzipSync)],
  ['x-gzip', by(gunzipSync)],
])
