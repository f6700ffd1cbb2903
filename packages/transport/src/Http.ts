/**
 * One HTTP POST: the only function that a runtime has to provide. A response with an error status is a result, not an error.
 *
 * @example
 * ```ts
 * import * as Http from '@sentry-exporter/transport/Http'
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 *
 * const http = Http.fromPromise(
 *   () => Promise.reject(new Error('offline')),
 *   (cause) => TransportError.unreachable(cause instanceof Error ? cause.message : 'unknown failure'),
 * )
 * const sent = await http({ url: 'https://host/', headers: {}, body: new Uint8Array() })()
 * console.log(sent) // { _tag: 'Left', left: { _tag: 'Unreachable', reason: 'offline' } }
 * ```
 */
import * as E from '#fp-ts/Either'
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
import { showValue } from './ConfigOption.ts'
import type { AbortSignalLike } from './internal/onAbort.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface HttpRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  /**
   * If it aborts, nobody waits for the response any more: the request should end, free its connection and fail with `Closed`.
   * An `Http` may ignore it.
   */
  readonly signal?: AbortSignalLike | undefined
}

export interface HttpResponse {
  readonly status: number
  /** The value of a header, by its name in any case; several values joined by commas. */
  readonly header: (name: string) => string | undefined
  /** The start of the body of an error response, if it was read. Its contents are arbitrary: do not show them. */
  readonly text?: string | undefined
}

export interface Http {
  (request: HttpRequest): TE.TaskEither<TransportError, HttpResponse>
  /** Frees its connections, if it has any. Later requests fail with `Closed`. */
  readonly close?: T.Task<void> | undefined
  /** Whether it accepts any certificate. */
  readonly skipsVerify?: boolean | undefined
}

/** A function that makes an `Http` of options. It is no `Http` itself: it must be called. */
export interface HttpMaker<Options> {
  (options?: Options): Http
  /** Its name, for messages. */
  readonly makes: string
}

// constructors

/** Names a function that makes an `Http`, so that a program that forgets to call it gets a clear error. */
export const maker = <Options>(
  makes: string,
  make: (options?: Options) => Http,
): HttpMaker<Options> => Object.assign((options?: Options) => make(options), { makes })

/** From a function that may reject: `classify` turns a rejection into an error. */
export const fromPromise =
  (
    send: (request: HttpRequest) => Promise<HttpResponse>,
    classify: (cause: unknown) => TransportError,
  ): Http =>
  (request) =>
  () =>
    send(request).then(E.right, (cause: unknown) => E.left(classify(cause)))

/** The same with other values of `close` and `skipsVerify`. */
export const withTraits = (
  http: Http,
  traits: { readonly close: () => Promise<void>; readonly skipsVerify: boolean },
): Http => Object.assign<Http, typeof traits>((request) => http(request), traits)

// guards

/** Why a value of a program without types cannot be an `Http`; `undefined` if it can. */
export const problemOf = (http: unknown): string | undefined => {
  if (typeof http !== 'function') return `${EXPECTED}, got ${showValue(http) ?? 'a text'}`
  if ('makes' in http)
    return `${EXPECTED}: call the function that makes it, ${String(http.makes)}()`
  // A program may give the global fetch in the place of an Http.
  return http === Reflect.get(globalThis, 'fetch')
    ? `${EXPECTED}: wrap fetch by fetchHttp()`
    : undefined
}

const EXPECTED = 'expected an Http'
