/** The parts that all clients of this package share: the connections of their options, one request, and its errors. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { AbortSignalLike } from '@sentry-exporter/transport'
import type * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { classify } from './classify.ts'
import * as Limit from './Limit.ts'
import * as NodeOptions from './NodeOptions.ts'
import * as Pools from './Pools.ts'
import * as ProxyRules from './ProxyRules.ts'

// model

interface ClientRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string | undefined
  readonly signal?: AbortSignalLike | undefined
}

/** Reads the body of an answer, or a part of it. */
export type ReadBody = (status: number, body: Readable) => Promise<Pick<Http.HttpResponse, 'text'>>

export interface Client {
  readonly options: NodeOptions.NodeOptions
  /** Rejects without an answer. */
  readonly request: (request: ClientRequest, read: ReadBody) => Promise<Http.HttpResponse>
  /** The error of a rejection. It names the proxy, without its password. */
  readonly toError: (
    cause: unknown,
    request: Pick<ClientRequest, 'signal' | 'url'>,
  ) => TransportError.TransportError
  readonly close: () => Promise<void>
}

const UNVERIFIED =
  'insecureSkipVerify: certificates of Sentry are not verified; anyone on the network path can read and change the data'

// constructors

/** Opens no connection before the first request. Throws if an option cannot work. */
export const make = (
  input: NodeOptions.NodeHttpOptions,
  share: Pools.PoolOptions['share'],
): Client => {
  const options = NodeOptions.decode(input)
  const { timeoutMillis, connections, insecureSkipVerify, ca, proxy } = options
  if (insecureSkipVerify) options.warn(UNVERIFIED)
  const pools = Pools.make({
    connections,
    timeoutMillis,
    insecureSkipVerify,
    ca,
    proxyFor: proxyFor(proxy),
    share,
  })
  const toError = toErrorOf(timeoutMillis, proxyFor(proxy))
  return {
    options,
    request: (request, read) => send(pools, timeoutMillis, request, read),
    toError: (cause, { signal, url }) =>
      signal?.aborted ? TransportError.closed : toError(cause, url),
    close: async () => {
      await pools.destroy()
    },
  }
}

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

const send = async (
  pools: Pools.Pools,
  timeoutMillis: number,
  { method, url, headers, body, signal }: ClientRequest,
  read: ReadBody,
): Promise<Http.HttpResponse> => {
  const address = new URL(url)
  const lease = pools.lease(address)
  const limit = Limit.of(timeoutMillis, signal)
  try {
    const sending = lease.dispatcher.request({
      origin: address.origin,
      path: address.pathname + address.search,
      method,
      headers,
      body: body ?? null,
      signal: limit.signal,
      headersTimeout: timeoutMillis,
      bodyTimeout: timeoutMillis,
    })
    const response = await Promise.race([sending, limit.reached])
    const { statusCode: status } = response
    return { status, header: headerIn(response.headers), ...(await read(status, response.body)) }
  } finally {
    lease.end(limit.signal.aborted)
    limit.end()
  }
}

const headerIn =
  (headers: IncomingHttpHeaders): Http.HttpResponse['header'] =>
  (name) => {
    const value = headers[name.toLowerCase()]
    return Array.isArray(value) ? value.join(',') : value
  }
