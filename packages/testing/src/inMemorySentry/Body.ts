/**
 * The bytes of a request. An encoding that is not known is taken for none, so that the bytes fail to be an envelope.
 * Source: `relay-config/src/config.rs` of getsentry/relay. `zstd`, which it takes too, is left out: Node 20 lacks it.
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import * as E from '#fp-ts/Either'
import type { Headers } from './Auth.ts'
import type { Refusal } from './Verdict.ts'

// guards

/** What else forms and browsers put there counts as the same. */
export const isContentType = (value: string | undefined): boolean =>
  value === undefined || CONTENT_TYPES.has((value.split(';')[0] ?? '').trim().toLowerCase())

const CONTENT_TYPES: ReadonlySet<string> = new Set([
  '',
  'application/x-sentry-envelope',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
])

// decoding

/** Decompressed; never more than what fits. */
export const decode = (
  headers: Headers,
  body: Uint8Array,
  mostBytes: number,
): E.Either<Refusal, Uint8Array> => {
  const decompress = DECODERS.get(headers.get('content-encoding')?.trim().toLowerCase() ?? '')
  if (decompress === undefined) {
    return body.length > mostBytes ? E.left('envelope-too-large') : E.right(body)
  }
  try {
    return E.right(decompress(body, { maxOutputLength: mostBytes }))
  } catch (error) {
    return E.left(
      error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
        ? 'envelope-too-large'
        : 'body-encoding',
    )
  }
}

type Decoder = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['br', brotliDecompressSync],
  ['deflate', inflateSync],
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
])
