/** One case of the contract, before it is joined with an `Http` and a server. */
import type { Http, HttpRequest, HttpResponse } from '@sentry-exporter/transport/Http'
import type { TransportError } from '@sentry-exporter/transport/TransportError'
import type * as E from '#fp-ts/Either'
import type { ContractRun } from './ContractRun.ts'

// model

/** The things that not every platform allows. */
export type Ability =
  /** Sends headers of its own. */
  | 'headers'
  /** Needs no permission of a server of another origin. */
  | 'no-preflight'
  /** Sees the status of a redirect that it does not follow. */
  | 'redirect-status'
  /** Keeps connections for later requests. */
  | 'keep-alive'
  /** Reports an untrusted certificate, and not only a connection that failed. */
  | 'tls-errors'
  /** Has connections that can be closed. */
  | 'close'
  /** Ends a request on the network too, and not only for the program. */
  | 'abort'

export interface HttpCase {
  readonly title: string
  readonly needs?: Ability
  /** Whether it needs a server with TLS. */
  readonly isSecure?: boolean
  /** Default: `TIMEOUT_MILLIS`. */
  readonly timeoutMillis?: number
  /** Rejects if the `Http` breaks the contract. */
  readonly check: (http: Http, run: ContractRun) => Promise<void>
}

export type Answered = E.Either<TransportError, HttpResponse>

/** The time limit of the `Http`, where a case does not need a short one. */
export const TIMEOUT_MILLIS = 5_000

/** Shorter than the time after which a request fails by itself. */
export const SOON_MILLIS: number = TIMEOUT_MILLIS / 2

export const BODY: Uint8Array<ArrayBuffer> = new TextEncoder().encode(
  '{"event_id":"x"}\n{"type":"event"}\n{"ü":"🙂"}\n',
)

// constructors

export const requestTo = (url: string): HttpRequest => ({ url, headers: {}, body: BODY })

// folds

/** The tag of an error, or the status. */
export const resultOf = (answered: Answered): string | number =>
  answered._tag === 'Left' ? answered.left._tag : answered.right.status

// guards

/** Throws unless both have the same JSON. */
export const expectEqual = (what: string, found: unknown, expected: unknown): void => {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)]
  if (is !== should) throw new Error(`${what}: expected ${should}, got ${is}`)
}
