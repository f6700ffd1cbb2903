/**
 * HTTP by fetch: the one given, the platform's, or cross-fetch where there is none. A request has a time limit, also
 * with a fetch that knows none, and answers are read no further than needed.
 */
import * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { platformFetch } from '#fetch'
import { classify } from './classify.ts'
import type { Fetch, Signal } from './Fetch.ts'
import { drain } from './platform/drain.ts'

// model

export interface FetchHttpOptions {
  /** Another fetch than the platform's: one that is instrumented, one of a service binding, one of a test. */
  readonly fetch?: Fetch
  /** For the whole request, from the first attempt to connect to the last byte of the answer. Milliseconds. */
  readonly timeoutMillis?: number
}

// constructors

/** Holds no connection of its own: closing it gives up what is under way. */
export const fetchHttp = (options: FetchHttpOptions = {}): Http.Http => {
  const { fetch = platformFetch, timeoutMillis = 30_000 } = options
  const underWay = new Set<() => void>()
  let isClosed = false
  const http: Http.Http = (request) =>
    Http.fromPromise(
      () => (isClosed ? Promise.reject() : post(fetch, timeoutMillis, underWay, request)),
      (cause) =>
        isClosed
          ? TransportError.closed
          : classify(timeoutMillis, Object.values(request.headers))(cause),
    )(request)
  return Http.withTraits(http, {
    close: async () => {
      isClosed = true
      for (const giveUp of underWay) giveUp()
    },
    // Whether certificates are verified is up to the runtime, and all of them do.
    skipsVerify: false,
  })
}

/** Enough to reuse the connection after any honest answer; a longer one costs its connection. */
const MOST_ANSWER_BYTES = 64 * 1024

/** Once the status is known it is the answer, whether or not the body ends well. */
const post = async (
  fetch: Fetch,
  timeoutMillis: number,
  underWay: Set<() => void>,
  { url, headers, body }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const limit = limitOf(timeoutMillis)
  underWay.add(limit.giveUp)
  try {
    const response = await Promise.race([
      fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: limit.signal }),
      limit.reached,
    ])
    await Promise.race([drain(response.body, MOST_ANSWER_BYTES), limit.reached]).catch(
      () => undefined,
    )
    return {
      status: response.status === 0 ? SOME_REDIRECT : response.status,
      header: (name) => response.headers.get(name) ?? undefined,
    }
  } finally {
    underWay.delete(limit.giveUp)
    limit.callOff()
  }
}

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
declare const setTimeout: (callback: () => void, millis: number) => unknown
declare const clearTimeout: (timer: unknown) => void
