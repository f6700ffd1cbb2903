/** A server in the place of Sentry that keeps the envelopes which came. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

// model

export interface RecordingSink {
  readonly port: number
  /** Decompressed, in the order of their arrival. */
  readonly bodies: ReadonlyArray<Uint8Array>
  readonly close: () => void
}

// running

export const openRecordingSink = async (): Promise<RecordingSink> => {
  const bodies: Array<Uint8Array> = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a server that listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    port,
    bodies,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
