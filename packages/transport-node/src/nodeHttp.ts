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
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { withCompression } from '@sentry-exporter/transport/withCompression'
import { classify } from './internal/classify.ts'
import * as Limit from './internal/Limit.ts'
import type { NodeHttpOptions } from './internal/NodeOptions.ts'
import * as NodeOptions from './internal/NodeOptions.ts'
import * as Pools from './internal/Pools.ts'
import * as ProxyRules from './internal/ProxyRules.ts'
import { readStart } from './internal/readStart.ts'

export type { NodeHttpOptions } from './internal/NodeOptions.ts'

// constructors

const UNVERIFIED =
  'insecureSkipVerify: certificates of Sentry are not verified; anyone on the network path can read and change the data'

/** Of the body of an error response: the reason is at its start. */
const KEPT_BYTES = 1024

/** Opens no connection before the first request. `close` ends all connections. Throws if an option cannot work. */
export const nodeHttp: Http.HttpMaker<NodeHttpOptions> = Http.maker('nodeHttp', (input = {}) => {
  const options = NodeOptions.decode(input)
  const { timeoutMillis, connections, insecureSkipVerify, ca, proxy } = options
  if (insecureSkipVerify) options.warn(UNVERIFIED)
  const pools = Pools.make({
    connections,
    timeoutMillis,
    insecureSkipVerify,
    ca,
    proxyFor: proxyFor(proxy),
  })
  const toError = toErrorOf(timeoutMillis, proxyFor(proxy))
  const http: Http.Http = (request) =>
    Http.fromPromise(
      () => post(pools, timeoutMillis, request),
      (cause) => (request.signal?.aborted ? TransportError.closed : toError(cause, request.url)),
    )(request)
  const compression = { fromBytes: options.gzipFromBytes, gzip: compress }
  return Http.withTraits(withCompression(compression)(http), {
    close: async () => {
      await pools.destroy()
    },
    skipsVerify: insecureSkipVerify,
  })
})

const proxyFor = (proxy: string | false | undefined): ProxyRules.ProxyFor => {
  if (proxy === undefined) return ProxyRules.fromEnvironment(process.env)
  return proxy === false ? ProxyRules.none : ProxyRules.always(proxy)
}

/** Errors name the proxy, without its password: most of them are those of the connection to it. */
const toErrorOf = (
  timeoutMillis: number,
  proxy: ProxyRules.ProxyFor,
): ((cause: unknown, url: string) => TransportError.TransportError) => {
  const plain = classify(timeoutMillis)
  return (cause, url) => {
    const error = plain(cause)
    const address = proxy(new URL(url))
    if (address === undefined || error._tag !== 'Unreachable') return error
    return TransportError.unreachable(
      ProxyRules.isAddress(address)
        ? `${error.reason} (through the proxy ${new URL(address).host})`
        : `the environment variable for proxies: expected ${ProxyRules.EXPECTED}`,
    )
  }
}

const post = async (
  pools: Pools.Pools,
  timeoutMillis: number,
  { url, headers, body, signal }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const address = new URL(url)
  const lease = pools.lease(address)
  const limit = Limit.of(timeoutMillis, signal)
  try {
    const sending = lease.dispatcher.request({
      origin: address.origin,
      path: address.pathname + address.search,
      method: 'POST',
      headers,
      body,
      signal: limit.signal,
      headersTimeout: timeoutMillis,
      bodyTimeout: timeoutMillis,
    })
    const response = await Promise.race([sending, limit.reached])
    const isError = response.statusCode >= 400
    const text = await readStart(response.body, isError ? KEPT_BYTES : 0)
    return {
      status: response.statusCode,
      header: (name) => {
        const value = response.headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(',') : value
      },
      ...(isError ? { text } : {}),
    }
  } finally {
    lease.end(limit.signal.aborted)
    limit.end()
  }
}

const gzipBytes = promisify(gzip)

/** The fastest level; `docs/design/measurements.md` has the measurements of the level and of the sizes. */
const GZIP = { level: constants.Z_BEST_SPEED }

/** Up to this size the way to zlib's thread and back costs more of a core than the compression. */
export const MAX_SYNC_BYTES: number = 64 * 1024

const compress = async (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  body.length <= MAX_SYNC_BYTES ? gzipSync(body, GZIP) : gzipBytes(body, GZIP)
