/**
 * HTTP for Node, by undici: connections are kept and shared, large bodies are compressed, a request has a time
 * limit, and answers are read no further than needed.
 */
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import * as Http from '@sentry-exporter/transport/Http'
import { Agent, type Dispatcher } from 'undici'
import { classify } from './classify.ts'

// model

export interface NodeHttpOptions {
  /** For the whole request, from the first attempt to connect to the last byte of the answer. Milliseconds. */
  readonly timeoutMillis?: number
  /** Bodies of at least this many bytes are compressed with gzip; `Infinity` for never. */
  readonly gzipFromBytes?: number
  /** Most connections to one host at a time. */
  readonly connections?: number
  /** Trusts any certificate. Everybody on the way can then read and change what is sent: for tests only. */
  readonly insecureSkipVerify?: boolean
}

// constructors

/** Opens no connection before the first request. Close it to free its connections. */
export const nodeHttp = (options: NodeHttpOptions = {}): Http.Http => {
  const {
    timeoutMillis = 30_000,
    gzipFromBytes = 32 * 1024,
    connections = 8,
    insecureSkipVerify = false,
  } = options
  const agent = new Agent({
    connections,
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    connect: { timeout: timeoutMillis, rejectUnauthorized: !insecureSkipVerify },
  })
  const http = Http.fromPromise(
    (request) => post(agent, timeoutMillis, gzipFromBytes, request),
    classify(timeoutMillis),
  )
  return Http.withTraits(http, {
    close: () => (agent.destroyed ? Promise.resolve() : agent.destroy()),
    skipsVerify: insecureSkipVerify,
  })
}

const KEEP_ALIVE_MILLIS = 30_000

/** Enough to reuse the connection after any honest answer; a longer one costs its connection. */
const MOST_ANSWER_BYTES = 64 * 1024

const post = async (
  dispatcher: Dispatcher,
  timeoutMillis: number,
  gzipFromBytes: number,
  { url, headers, body }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const isCompressed = body.length >= gzipFromBytes
  const { origin, pathname, search } = new URL(url)
  const answer = await dispatcher.request({
    origin,
    path: pathname + search,
    method: 'POST',
    headers: isCompressed ? { ...headers, 'content-encoding': 'gzip' } : headers,
    body: isCompressed ? await compress(body) : body,
    signal: AbortSignal.timeout(timeoutMillis),
    headersTimeout: timeoutMillis,
    bodyTimeout: timeoutMillis,
  })
  await answer.body.dump({ limit: MOST_ANSWER_BYTES })
  return {
    status: answer.statusCode,
    header: (name) => {
      const value = answer.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(',') : value
    },
  }
}

/** The fastest level: JSON shrinks to about a tenth with any, and the slower ones cost more than they save. */
const compress = (body: Uint8Array): Promise<Uint8Array> =>
  gzipBytes(body, { level: constants.Z_BEST_SPEED })

const gzipBytes = promisify(gzip)
