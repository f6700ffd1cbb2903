/**
 * HTTP for Node with undici: persistent connections, gzip, a time limit for each request, proxies from the environment. Of a
 * response only the first bytes are kept.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { nodeHttp } from '@sentry-exporter/transport-node'
 *
 * const server = createServer((_request, response) => response.end('{}'))
 * await new Promise<void>((resolve) => server.listen(0, resolve))
 * const address = server.address()
 * const port = typeof address === 'object' ? address?.port : undefined
 *
 * const http = nodeHttp({ timeoutMillis: 5_000 })
 * const sent = await http({ url: `http://localhost:${port}/`, headers: {}, body: new Uint8Array() })()
 * console.log(sent._tag === 'Right' && sent.right.status) // 200
 * await http.close?.()
 * server.close()
 * ```
 */
import { promisify } from 'node:util'
import { constants, gzip, gzipSync } from 'node:zlib'
import * as Http from '@sentry-exporter/transport/Http'
import { withCompression } from '@sentry-exporter/transport/withCompression'
import * as Client from './internal/Client.ts'
import type { NodeHttpOptions } from './internal/NodeOptions.ts'
import { readStart } from './internal/readStart.ts'

export type { NodeHttpOptions } from './internal/NodeOptions.ts'

// constructors

/** Of the body of an error response: the reason is at its start. */
const KEPT_BYTES = 1024

/** Opens no connection before the first request. `close` ends all connections. Throws if an option cannot work. */
export const nodeHttp: Http.HttpMaker<NodeHttpOptions> = Http.maker('nodeHttp', (input = {}) => {
  const client = Client.make(input, 'path')
  const { gzipFromBytes, insecureSkipVerify } = client.options
  const http: Http.Http = (request) =>
    Http.fromPromise(
      () => client.request({ method: 'POST', ...request }, readError),
      (cause) => client.toError(cause, request),
    )(request)
  return Http.withTraits(withCompression({ fromBytes: gzipFromBytes, gzip: compress })(http), {
    close: client.close,
    skipsVerify: insecureSkipVerify,
  })
})

const readError: Client.ReadBody = async (status, body) => {
  const text = await readStart(body, status >= 400 ? KEPT_BYTES : 0)
  return status >= 400 ? { text } : {}
}

const gzipBytes = promisify(gzip)

/** The fastest level; `docs/design/measurements.md` has the measurements of the level and of the sizes. */
const GZIP = { level: constants.Z_BEST_SPEED }

/** Up to this size the way to zlib's thread and back costs more of a core than the compression. */
export const MAX_SYNC_BYTES: number = 64 * 1024

const compress = async (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  body.length <= MAX_SYNC_BYTES ? gzipSync(body, GZIP) : gzipBytes(body, GZIP)
