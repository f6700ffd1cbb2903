/**
 * Requests of an API for Node, with the connections, certificates and proxies of `nodeHttp`. The whole answer is read, up to
 * 8 MiB; a redirect is an answer.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { nodeExchange } from '@sentry-exporter/transport-node'
 *
 * const server = createServer((_request, response) => response.end('[]'))
 * await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
 * const address = server.address()
 * const port = typeof address === 'object' ? address?.port : undefined
 *
 * const exchange = nodeExchange({ timeoutMillis: 5_000 })
 * const answer = await exchange({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} })()
 * console.log(answer._tag === 'Right' && answer.right.text) // []
 * await exchange.close?.()
 * server.close()
 * ```
 */
import type { Exchange } from '@sentry-exporter/transport'
import * as Client from './internal/Client.ts'
import type { NodeHttpOptions } from './internal/NodeOptions.ts'
import { readWhole } from './internal/readWhole.ts'

// constructors

const MAX_BYTES = 8 * 1024 * 1024

/** Opens no connection before the first request. Throws if an option cannot work. `gzipFromBytes` has no effect. */
export const nodeExchange = (options: NodeHttpOptions = {}): Exchange => {
  const client = Client.make(options, 'origin')
  const exchange: Exchange = (request) => () =>
    client
      .request({ body: undefined, ...request }, async (_status, body) => ({
        text: await readWhole(body, MAX_BYTES),
      }))
      .then(
        (right) => ({ _tag: 'Right', right }) as const,
        (cause: unknown) => ({ _tag: 'Left', left: client.toError(cause, request) }) as const,
      )
  return Object.assign<Exchange, Pick<Exchange, 'close'>>((request) => exchange(request), {
    close: client.close,
  })
}
