/** A server in the place of Sentry that only counts what comes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

// model

export interface SinkCounts {
  envelopes: number
  transactions: number
  /** Without the roots that were made for continuations. */
  spans: number
  errors: number
}

export interface CountingSink {
  readonly port: number
  readonly counts: SinkCounts
  readonly close: () => void
}

const LINE_FEED = 0x0a

// running

export const openCountingSink = async (): Promise<CountingSink> => {
  const counts: SinkCounts = { envelopes: 0, transactions: 0, spans: 0, errors: 0 }
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      count(counts, request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a server that listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    port,
    counts,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const count = (counts: SinkCounts, bytes: Buffer): void => {
  counts.envelopes++
  let at = bytes.indexOf(LINE_FEED) + 1
  while (at > 0 && at < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, at)
    const { type, length } = JSON.parse(bytes.toString('utf8', at, end))
    if (type === 'event') counts.errors++
    if (type === 'transaction') {
      const { spans = [], contexts } = JSON.parse(bytes.toString('utf8', end + 1, end + 1 + length))
      counts.transactions++
      counts.spans += spans.length
      if (contexts.trace.data?.['sentry_exporter.synthetic'] !== true) counts.spans++
    }
    at = end + 1 + length + 1
  }
}
