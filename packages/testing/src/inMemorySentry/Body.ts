/**
 * The bytes of a request. An unknown encoding counts as no encoding, so that the bytes fail to be an envelope.
 * Source: `relay-config/src/config.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import type { Headers } from './Auth.ts'
import type { Refusal } from './Verdict.ts'

// model

/** Decompresses, but never to more bytes than the maximum. */
export type Decompress = (
  body: Uint8Array,
  maxBytes: number,
) => E.Either<Extract<Refusal, 'body-encoding' | 'envelope-too-large'>, Uint8Array>

/** By the content encoding, in lower case. */
export type Decompressors = ReadonlyMap<string, Decompress>

const CONTENT_TYPES: ReadonlySet<string> = new Set([
  '',
  'application/x-sentry-envelope',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
])

// guards

/** The types of forms and of browsers count as that of an envelope. */
export const isContentType = (value: string | undefined): boolean =>
  value === undefined || CONTENT_TYPES.has((value.split(';')[0] ?? '').trim().toLowerCase())

// decoding

/** The decompressed body. */
export const decode =
  (decompressors: Decompressors, maxBytes: number) =>
  (headers: Headers, body: Uint8Array): E.Either<Refusal, Uint8Array> => {
    const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? ''
    const decompress = decompressors.get(encoding)
    if (decompress !== undefined) return decompress(body, maxBytes)
    return body.length > maxBytes ? E.left('envelope-too-large') : E.right(body)
  }
