/** The server below a receiver over HTTP, with the limits of its connections. */
import * as Http from 'node:http'
import * as Https from 'node:https'
import type { TlsOptions } from 'node:tls'
import type { HttpReceiverConfig } from '../../config/ReceiverConfig.ts'

// model

export type HttpServer = Http.Server | Https.Server

/** Node looks for requests that are late at this interval. */
const MIN_CHECK_MILLIS = 50
const MAX_CHECK_MILLIS = 5_000

// constructors

export const createServer = (
  config: HttpReceiverConfig,
  tls: TlsOptions | undefined,
): HttpServer => {
  const options: Http.ServerOptions = {
    ...timesOf(config),
    // Node would answer a request without Host itself, and nothing would count it.
    requireHostHeader: false,
    connectionsCheckingInterval: Math.min(
      MAX_CHECK_MILLIS,
      Math.max(MIN_CHECK_MILLIS, Math.min(...limitsOf(config)) / 4),
    ),
  }
  const server =
    tls === undefined ? Http.createServer(options) : Https.createServer({ ...options, ...tls })
  limit(server, config)
  // A client that has sent everything may close its side and still read the answer. The types of Node lack this field.
  return Object.assign(server, { httpAllowHalfOpen: true })
}

/** The limits of the time of a request. Without those that are 0. */
const limitsOf = ({
  readTimeoutMillis,
  readHeaderTimeoutMillis,
}: HttpReceiverConfig): ReadonlyArray<number> =>
  [readTimeoutMillis, readHeaderTimeoutMillis].filter((millis) => millis > 0)

const timesOf = (
  config: HttpReceiverConfig,
): Pick<Http.Server, 'requestTimeout' | 'headersTimeout' | 'keepAliveTimeout'> => {
  const limits = limitsOf(config)
  return {
    requestTimeout: config.readTimeoutMillis,
    // Node refuses a limit for the headers above that for the request.
    headersTimeout: limits.length === 0 ? 0 : Math.min(...limits),
    keepAliveTimeout: config.idleTimeoutMillis,
  }
}

/** Sets the limits that a server may change while it listens. */
export const limit = (server: HttpServer, config: HttpReceiverConfig): void => {
  // 0 is no limit in the configuration, and no connection at all in Node.
  const maxConnections = config.maxConnections || Number.POSITIVE_INFINITY
  Object.assign(server, timesOf(config), { maxConnections })
}
