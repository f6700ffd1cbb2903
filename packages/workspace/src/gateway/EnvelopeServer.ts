/** A server in the place of Sentry: it takes every envelope, and gives its bytes to a function. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

// model

export interface EnvelopeServer {
  readonly port: number
  readonly close: () => void
}

// running

/** `take` gets the bytes of an envelope, decompressed, and the path of its request, which has the id of the project. It answers 503 to a path that `isTaken` refuses. */
export const openEnvelopeServer = async (
  take: (bytes: Buffer, path: string) => void,
  isTaken: (path: string) => boolean = () => true,
): Promise<EnvelopeServer> => {
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const path = request.url ?? ''
      if (!isTaken(path)) {
        response.writeHead(503).end()
        return
      }
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
      take(bytes, path)
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a server that listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
