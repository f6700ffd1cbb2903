/**
 * Compresses large request bodies of an `Http` with gzip.
 *
 * @example
 * ```ts
 * import { promisify } from 'node:util'
 * import * as zlib from 'node:zlib'
 * import type { Http } from '@sentry-exporter/transport/Http'
 * import { withCompression } from '@sentry-exporter/transport/withCompression'
 *
 * const http: Http = ({ headers }) => async () => {
 *   console.log(headers['content-encoding']) // gzip
 *   return { _tag: 'Right', right: { status: 200, header: () => undefined } }
 * }
 * const gzip = promisify(zlib.gzip)
 * const compressing = withCompression({ fromBytes: 1_024, gzip })(http)
 * await compressing({ url: 'https://host/', headers: {}, body: new Uint8Array(10_000) })()
 * ```
 */
import type { Http } from './Http.ts'

// model

export interface CompressionOptions {
  /** Bodies of at least this many bytes are compressed; `Infinity` for none. NaN compresses none. */
  readonly fromBytes: number
  readonly gzip: (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
}

// transformations

/**
 * A body that does not shrink, or whose compression fails, is sent as it is. `close` and `skipsVerify` of the given `Http` are
 * not passed on.
 */
export const withCompression =
  ({ fromBytes, gzip }: CompressionOptions) =>
  (http: Http): Http =>
  (request) =>
  async () => {
    const { headers, body } = request
    if (!(body.length >= fromBytes)) return http(request)()
    const compressed = await gzip(body).catch(() => body)
    return compressed.length < body.length
      ? http({
          ...request,
          headers: { ...headers, 'content-encoding': 'gzip' },
          body: compressed,
        })()
      : http(request)()
  }
