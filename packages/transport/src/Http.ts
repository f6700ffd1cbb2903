/**
 * One HTTP POST: the only thing a runtime has to provide. An answer with a bad status is an answer, not an error.
 */
import * as E from '#fp-ts/Either'
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
import type { TransportError } from './TransportError.ts'

// model

export interface HttpRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

export interface HttpResponse {
  readonly status: number
  /** The value of a header, by its name in any case; several values joined by commas. */
  readonly header: (name: string) => string | undefined
  /** How the body of a bad answer starts, where it was read. It may hold anything: show none of it. */
  readonly text?: string
}

export interface Http {
  (request: HttpRequest): TE.TaskEither<TransportError, HttpResponse>
  /** Frees what it holds, where it holds something: connections. Later requests fail with `Closed`. */
  readonly close?: T.Task<void>
  /** Whether it trusts any certificate. */
  readonly skipsVerify?: boolean
}

// constructors

/** From a function that rejects: `classify` says what a rejection means. */
export const fromPromise =
  (
    send: (request: HttpRequest) => Promise<HttpResponse>,
    classify: (cause: unknown) => TransportError,
  ): Http =>
  (request) =>
  () =>
    send(request).then(E.right, (cause: unknown) => E.left(classify(cause)))

/** The same, with what it holds and how it was built. */
export const withTraits = (
  http: Http,
  traits: { readonly close: () => Promise<void>; readonly skipsVerify: boolean },
): Http => Object.assign<Http, typeof traits>((request) => http(request), traits)
