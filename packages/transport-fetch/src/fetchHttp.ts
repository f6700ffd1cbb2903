/**
 * HTTP by fetch: the one given, the platform's, or cross-fetch where there is none. A request has a time limit, also
 * with a fetch that knows none, and answers are read no further than needed.
 */
import * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { withCompression } from '@sentry-exporter/transport/withCompression'
import { platformFetch, traits } from '#fetch'
import { classify } from './classify.ts'
import type { Fetch, Signal } from './Fetch.ts'
import * as KeepaliveBudget from './KeepaliveBudget.ts'
import { drain } from './platform/drain.ts'
import { canGzip, gzip } from './platform/gzip.ts'
import { secretsOf, withoutPreflight } from './withoutPreflight.ts'

// model

export interface FetchHttpOptions {
  /** Another fetch than the platform's: one that is instrumented, one of a service binding, one of a test. */
  readonly fetch?: Fetch
  /** For the whole request, from the first attempt to connect to the last byte of the answer. Milliseconds. */
  readonly timeoutMillis?: number
  /** Bodies of at least this many bytes are compressed, where the platform can; `Infinity` for never. */
  readonly gzipFromBytes?: number
  /** Where the authentication stands; in browsers in the query, so that they need not ask for leave first. */
  readonly auth?: 'header' | 'query'
  /** Whether requests outlive their page, as far as browsers allow; so it is in browsers. */
  readonly keepalive?: boolean
  /** Of a Worker: keeps it alive until what is under way is answered. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
}

// constructors

/** Holds no connection of its own: closing it gives up what is under way. */
export const fetchHttp = (options: FetchHttpOptions = {}): Http.Http => {
  const { fetch = platformFetch, timeoutMillis = 30_000, waitUntil } = options
  const { auth, keepalive, gzipFromBytes } = { ...traits, ...options }
  const toSend = auth === 'query' ? withoutPreflight : (request: Http.HttpRequest) => request
  const budget = keepalive ? KeepaliveBudget.make() : undefined
  const underWay = new Set<() => void>()
  let isClosed = false
  const send: Http.Http = (request) =>
    Http.fromPromise(
      () =>
        isClosed ? Promise.reject() : post(fetch, timeoutMillis, underWay, budget, toSend(request)),
      (cause) =>
        isClosed ? TransportError.closed : classify(timeoutMillis, secretsOf(request))(cause),
    )(request)
  const http = withCompression({ fromBytes: canGzip() ? gzipFromBytes : Infinity, gzip })(send)
  const kept: Http.Http = (request) => () => {
    const sending = http(request)()
    waitUntil?.(sending)
    return sending
  }
  return Http.withTraits(kept, {
    close: async () => {
      isClosed = true
      for (const giveUp of underWay) giveUp()
    },
    // Whether certificates are verified is up to the runtime, and all of them do.
    skipsVerify: false,
  })
}

/** Enough to reuse the connection after any honest answer; a longer one costs its connection. */
const MAX_ANSWER_BYTES = 64 * 1024

/** Once the status is known it is the answer, whether or not the body ends well. */
const post = async (
  fetch: Fetch,
  timeoutMillis: number,
  underWay: Set<() => void>,
  budget: KeepaliveBudget.KeepaliveBudget | undefined,
  { url, headers, body }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const limit = limitOf(timeoutMillis)
  underWay.add(limit.giveUp)
  const giveBack = budget?.take(body.length)
  const keepalive = giveBack === undefined ? {} : ({ keepalive: true } as const)
  const { signal } = limit
  try {
    const response = await Promise.race([
      fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal, ...keepalive }),
      limit.reached,
    ])
    const decoder = new TextDecoder()
    let text = ''
    const keep = (piece: Uint8Array): void => {
      if (text.length < KEPT) text += decoder.decode(piece.subarray(0, KEPT), { stream: true })
    }
    const isBad = response.status >= 400
    await Promise.race([
      drain(response.body, MAX_ANSWER_BYTES, isBad ? keep : undefined),
      limit.reached,
    ]).catch(() => undefined)
    return {
      status: response.status === 0 ? SOME_REDIRECT : response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      ...(isBad ? { text } : {}),
    }
  } finally {
    underWay.delete(limit.giveUp)
    limit.callOff()
    giveBack?.()
  }
}

/** Of the body of a bad answer: the reason stands at its start. */
const KEPT = 1024

/** A browser does not tell which redirect it did not follow: status 0 is all that comes. */
const SOME_REDIRECT = 302

interface Limit {
  /** Rejects when the time is over or `giveUp` was called. Never resolves. */
  readonly reached: Promise<never>
  readonly signal: Signal
  readonly giveUp: () => void
  readonly callOff: () => void
}

const limitOf = (millis: number): Limit => {
  const controller = new AbortController()
  let giveUp = (): void => undefined
  const reached = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject({ name: 'TimeoutError' })
      controller.abort()
    }
  })
  // Nobody may be waiting any more when it is given up.
  reached.catch(() => undefined)
  const timer = setTimeout(giveUp, millis)
  return { reached, signal: controller.signal, giveUp, callOff: () => clearTimeout(timer) }
}

/** Every runtime has them; declared here since this package knows none. */
declare const AbortController: { new (): { readonly signal: Signal; abort(): void } }
declare const TextDecoder: {
  new (): { decode(bytes: Uint8Array, options: { stream: true }): string }
}
declare const setTimeout: (callback: () => void, millis: number) => unknown
declare const clearTimeout: (timer: unknown) => void
