/** Compresses the bodies of requests that are large enough to be worth it. */
import type { Http } from './Http.ts'

// model

export interface Options {
  /** Bodies of at least this many bytes are compressed; `Infinity` for none. */
  readonly fromBytes: number
  readonly gzip: (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
}

// combinators

/**
 * A body that does not shrink, or cannot be compressed, is sent as it is: compression is a saving and no reason to fail.
 * What the given `Http` holds stays with it.
 */
export const withCompression =
  ({ fromBytes, gzip }: Options) =>
  (http: Http): Http =>
  (request) =>
  async () => {
    const { headers, body } = request
    if (body.length < fromBytes) return http(request)()
    const compressed = await gzip(body).catch(() => body)
    return compressed.length < body.length
      ? http({
          ...request,
          headers: { ...headers, 'content-encoding': 'gzip' },
          body: compressed,
        })()
      : http(request)()
  }
