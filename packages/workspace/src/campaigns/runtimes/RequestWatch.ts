/** A Sentry that refuses some requests, and a server of the application: which requests reach them, and with which headers. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

// model

interface EnvelopeRequest {
  readonly headers: IncomingHttpHeaders
  readonly eventId: string
  readonly status: number
}

export interface RequestWatch {
  readonly dsn: string
  /** `http://127.0.0.1:PORT`. */
  readonly sentryOrigin: string
  /** An address of the application. */
  readonly app: string
  readonly envelopes: ReadonlyArray<EnvelopeRequest>
  /** Of Sentry. */
  readonly preflights: () => number
  readonly appRequests: ReadonlyArray<IncomingHttpHeaders>
  /** The next requests to Sentry get 503. */
  readonly refuse: (requests: number) => void
  readonly close: () => Promise<void>
}

/** The requests of the exporter. */
export interface RequestCounts {
  readonly requests: number
  readonly envelopes: number
  readonly retries: number
}

// constructors

export const open = async (): Promise<RequestWatch> => {
  const envelopes: Array<EnvelopeRequest> = []
  const appRequests: Array<IncomingHttpHeaders> = []
  let preflights = 0
  let refused = 0
  const sentry = await listen(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') {
      preflights++
      return void response.writeHead(204).end()
    }
    const status = refused-- > 0 ? 503 : 200
    envelopes.push({ headers: request.headers, eventId: await eventIdOf(request), status })
    response.writeHead(status).end('{}')
  })
  const app = await listen((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method !== 'OPTIONS') appRequests.push(request.headers)
    response.end('ok')
  })
  return {
    dsn: `http://key@127.0.0.1:${sentry.port}/1`,
    sentryOrigin: `http://127.0.0.1:${sentry.port}`,
    app: `http://127.0.0.1:${app.port}/app`,
    envelopes,
    preflights: () => preflights,
    appRequests,
    refuse: (requests) => {
      refused = requests
    },
    close: async () => {
      await Promise.all([sentry.close(), app.close()])
    },
  }
}

const listen = async (
  listener: RequestListener,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { port, close }
}

/** Of the header of the envelope, its first line. */
const eventIdOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  return JSON.parse(text.toString().split('\n')[0] ?? '{}').event_id ?? 'none'
}

// running

/** Resolves when as many envelopes have been accepted. */
export const accepted = async ({ envelopes }: RequestWatch, count: number): Promise<void> => {
  const start = Date.now()
  while (envelopes.filter(({ status }) => status === 200).length < count) {
    if (Date.now() - start > LIMIT_MILLIS) {
      throw new Error(`${envelopes.length} requests in time, expected ${count} that are accepted`)
    }
    await pause(20)
  }
}

const LIMIT_MILLIS = 15_000

export const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, millis))

// guards

const TRACE_HEADERS = ['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'b3'] as const

/** The name and the address of a span, as it started. */
export type StartedSpan = readonly [name: string, url: string | null]

export interface SeenSpans {
  readonly spans: ReadonlyArray<StartedSpan>
  /** The numbers of spans by their names, in the order of their first starts. */
  readonly expected: Readonly<Record<string, number>>
  /** Whether the requests of the application carry a trace: without a context manager they cannot. */
  readonly isPropagated?: boolean
}

/**
 * Throws if a request to Sentry has made a span, carries a trace, or led to another request, and if the requests of the application
 * are not instrumented.
 */
export const judge = (
  where: string,
  { envelopes, preflights, appRequests, sentryOrigin }: RequestWatch,
  { spans, expected, isPropagated = true }: SeenSpans,
): RequestCounts => {
  const retries = envelopes.filter(({ status }) => status !== 200).length
  const distinct = new Set(envelopes.map(({ eventId }) => eventId)).size
  const sentryHost = new URL(sentryOrigin).host
  const traced = (headers: IncomingHttpHeaders): boolean =>
    TRACE_HEADERS.some((name) => headers[name] !== undefined)
  const names: Record<string, number> = {}
  for (const [name] of spans) names[name] = (names[name] ?? 0) + 1
  const found = {
    requests: envelopes.length,
    preflights: preflights(),
    withTrace: envelopes.filter(({ headers }) => traced(headers)).length,
    spansOfOurRequests: spans.filter((span) => span.join(' ').includes(sentryHost)).length,
    spans: names,
    appRequestsWithTrace: appRequests.filter(traced).length,
  }
  const wanted = {
    requests: distinct + retries,
    preflights: 0,
    withTrace: 0,
    spansOfOurRequests: 0,
    spans: expected,
    appRequestsWithTrace: isPropagated ? appRequests.length : 0,
  }
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`${where}: ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`)
  }
  return { requests: envelopes.length, envelopes: distinct, retries }
}
