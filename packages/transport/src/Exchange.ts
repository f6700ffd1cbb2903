/**
 * One request of an API and its whole answer, within a bound: for what is read, and not only sent. Redirects are not followed, so
 * that credentials go only to the address of the request.
 */
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
import type { HttpResponse } from './Http.ts'
import type { AbortSignalLike } from './internal/onAbort.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** If it aborts, the request fails with `Closed`. */
  readonly signal?: AbortSignalLike | undefined
}

/** `text` is the whole body; `undefined` if it is larger than the bound, or broke off. */
export type ExchangeAnswer = HttpResponse

/** Errors contain no header of the request. */
export interface Exchange {
  (request: ExchangeRequest): TE.TaskEither<TransportError, ExchangeAnswer>
  /** Frees its connections. Later requests fail. */
  readonly close?: T.Task<void> | undefined
}
