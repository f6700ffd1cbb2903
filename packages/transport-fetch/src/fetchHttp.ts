/**
 * HTTP with fetch: the given one, the platform's, or cross-fetch where the platform has none. Each request has a time limit,
 * also with a fetch that ignores `signal`. Of a response only the first bytes are kept.
 *
 * @example
 * ```ts
 * import { fetchHttp } from '@sentry-exporter/transport-fetch'
 *
 * const http = fetchHttp({ fetch: async () => new Response('{}', { status: 200 }) })
 * const sent = await http({ url: 'https://host/', headers: {}, body: new Uint8Array() })()
 * console.log(sent._tag === 'Right' && sent.right.status) // 200
 * ```
 */

import type { AbortSignalLike } from '@sentry-exporter/transport'
import * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { withCompression } from '@sentry-exporter/transport/withCompression'
import type { Fetch, Signal } from './Fetch.ts'
import { classify } from './internal/classify.ts'
import type { FetchHttpOptions } from './internal/FetchOptions.ts'
import * as FetchOptions from './internal/FetchOptions.ts'
import * as KeepaliveBudget from './internal/KeepaliveBudget.ts'
import { secretsOf, withoutPreflight } from './internal/withoutPreflight.ts'
import { drain } from './platform/drain.ts'
import { canGzip, gzip } from './platform/gzip.ts'

export type { FetchHttpOptions } from './internal/FetchOptions.ts'

// model

/** The time limit of a request. */
interface Limit {
  /** Rejects after the time, or when `close` or the caller aborts the request. Never resolves. */
  readonly reached: Promise<never>
  readonly signal: Signal
  readonly abort: () => void
  /** Ends the limit together with its request. Whether that was aborted. */
  readonly end: () => boolean
}

// constructors

/** After longer bodies the connection is closed instead of being reused. */
const MAX_ANSWER_BYTES = 64 * 1024

/** Of the body of an error response: the reason is at its start. */
const KEPT = 1024

/** A browser hides the status of a redirect that was not followed: it is 0. */
const SOME_REDIRECT = 302

/** Every runtime has them; declared here since this package knows no runtime. */
declare const AbortController: { new (): { readonly signal: Signal; abort(): void } }
declare const TextDecoder: {
  new (): { decode(bytes: Uint8Array, options: { stream: true }): string }
}
declare const setTimeout: (callback: () => void, millis: number) => unknown
declare const clearTimeout: (timer: unknown) => void

/** Holds no connections itself: `close` aborts the requests that have not ended. Throws if an option cannot work. */
export const fetchHttp: Http.HttpMaker<FetchHttpOptions> = Http.maker('fetchHttp', (input = {}) => {
  const options = FetchOptions.decode(input)
  const { fetch, timeoutMillis, waitUntil, auth, keepalive, gzipFromBytes } = options
  const toSend = auth === 'query' ? withoutPreflight : (request: Http.HttpRequest) => request
  const budget = keepalive ? KeepaliveBudget.make() : undefined
  const aborts = new Set<() => void>()
  let isClosed = false
  const send: Http.Http = (request) =>
    Http.fromPromise(
      () =>
        isClosed
          ? Promise.reject()
          : post(
              fetch,
              limitOf({ timeoutMillis, aborts, given: request.signal }),
              budget,
              toSend(request),
            ),
      (cause) =>
        isClosed || request.signal?.aborted
          ? TransportError.closed
          : classify(timeoutMillis, secretsOf(request))(cause),
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
      for (const abort of aborts) abort()
    },
    // The runtime verifies certificates, and no option of fetch disables that.
    skipsVerify: false,
  })
})

/** The status is the result as soon as it is known, whether or not the body ends well. */
const post = async (
  fetch: Fetch,
  { reached, signal, abort, end }: Limit,
  budget: KeepaliveBudget.KeepaliveBudget | undefined,
  { url, headers, body }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const release = budget?.take(body.length)
  const keepalive = release === undefined ? {} : ({ keepalive: true } as const)
  try {
    const response = await Promise.race([
      fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal, ...keepalive }),
      reached,
    ])
    const decoder = new TextDecoder()
    let text = ''
    const keep = (piece: Uint8Array): void => {
      if (text.length < KEPT) text += decoder.decode(piece.subarray(0, KEPT), { stream: true })
    }
    const isError = response.status >= 400
    const isEnded = await Promise.race([
      drain(response.body, MAX_ANSWER_BYTES, isError ? keep : undefined),
      reached,
    ]).catch(() => true)
    // The stream of node-fetch is a copy: its end leaves the connection open.
    if (!isEnded) abort()
    return {
      status: response.status === 0 ? SOME_REDIRECT : response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      ...(isError ? { text } : {}),
    }
  } finally {
    const isAborted = end()
    release?.(isAborted)
  }
}

interface LimitOptions {
  readonly timeoutMillis: number
  /** Contains the function that aborts the request until the request ends. */
  readonly aborts: Set<() => void>
  /** Of the caller, who may give the request up. */
  readonly given: AbortSignalLike | undefined
}

const limitOf = ({ timeoutMillis, aborts, given }: LimitOptions): Limit => {
  const controller = new AbortController()
  let isAborted = false
  let abort = (): void => undefined
  const reached = new Promise<never>((_, reject) => {
    abort = () => {
      isAborted = true
      reject({ name: 'TimeoutError' })
      controller.abort()
    }
  })
  // Without a handler, a rejection after the end of the request would be reported as unhandled.
  reached.catch(() => undefined)
  aborts.add(abort)
  const timer = setTimeout(abort, timeoutMillis)
  if (given?.aborted) abort()
  else given?.addEventListener('abort', abort)
  const end = (): boolean => {
    aborts.delete(abort)
    clearTimeout(timer)
    given?.removeEventListener('abort', abort)
    return isAborted
  }
  return { reached, signal: controller.signal, abort, end }
}
