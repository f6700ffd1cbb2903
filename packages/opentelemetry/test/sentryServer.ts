/** A Sentry on a loopback port, for tests: it answers after a delay, or never, and keeps what it received. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { gunzipSync } from 'node:zlib'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'

interface ReceivedEvent {
  readonly type?: string
  readonly transaction?: string
  readonly spans?: ReadonlyArray<{ readonly span_id: string; readonly description?: string }>
  readonly contexts: { readonly trace: { readonly trace_id: string; readonly span_id: string } }
  readonly exception?: {
    readonly values: ReadonlyArray<{ readonly type: string; readonly value: string }>
  }
  readonly items?: ReadonlyArray<ReceivedEvent>
  readonly [key: string]: unknown
}

export interface SentryServer {
  readonly dsn: string
  readonly origin: string
  readonly requests: ReadonlyArray<IncomingHttpHeaders>
  /** The transactions and errors of all envelopes so far. */
  readonly events: ReadonlyArray<ReceivedEvent>
  /** The logs of all envelopes so far. */
  readonly logs: ReadonlyArray<ReceivedEvent>
  /** The metrics of all envelopes so far. */
  readonly metrics: ReadonlyArray<ReceivedEvent>
  readonly transactions: () => ReadonlyArray<ReceivedEvent>
  readonly errors: () => ReadonlyArray<ReceivedEvent>
  /** Spans in transactions, roots included. */
  readonly spans: () => number
  readonly close: () => Promise<void>
}

export interface ServerOptions {
  readonly status?: number
  /** Infinite: requests are never answered. */
  readonly delayMillis?: number
}

export const open = async ({
  status = 200,
  delayMillis = 0,
}: ServerOptions = {}): Promise<SentryServer> => {
  const events: Array<ReceivedEvent> = []
  const logs: Array<ReceivedEvent> = []
  const metrics: Array<ReceivedEvent> = []
  const requests: Array<IncomingHttpHeaders> = []
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests.push(request.headers)
      const body = Buffer.concat(chunks)
      const isGzip = request.headers['content-encoding'] === 'gzip'
      const read = Envelope.decode(new Uint8Array(isGzip ? gunzipSync(body) : body))
      if (read._tag === 'Right') {
        for (const { header, payload } of read.right.items) {
          if (header.type === 'client_report') continue
          const read: ReceivedEvent = JSON.parse(Utf8.decode(payload))
          if (header.type === 'log') logs.push(...(read.items ?? []))
          else if (header.type === 'trace_metric') metrics.push(...(read.items ?? []))
          else events.push(read)
        }
      }
      if (delayMillis === Number.POSITIVE_INFINITY) return
      setTimeout(() => response.writeHead(status).end('{}'), delayMillis)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const transactions = () => events.filter(({ type }) => type === 'transaction')
  return {
    dsn: `http://key@127.0.0.1:${port}/1`,
    origin: `http://127.0.0.1:${port}`,
    requests,
    events,
    logs,
    metrics,
    transactions,
    errors: () => events.filter(({ type }) => type !== 'transaction'),
    spans: () => transactions().reduce((sum, { spans = [] }) => sum + 1 + spans.length, 0),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
