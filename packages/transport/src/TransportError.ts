/**
 * Why an envelope was not delivered. A closed union: a policy that handles each case handles all there are. No error
 * holds a DSN or a header that was sent.
 */
import type { Answer } from './Answer.ts'

// model

export type TransportError =
  /** No connection, or it broke before an answer: name not resolved, refused, reset. */
  | { readonly _tag: 'Unreachable'; readonly reason: string }
  /** The certificate of the server is not trusted. */
  | { readonly _tag: 'Untrusted'; readonly reason: string }
  /** No whole answer in time. */
  | { readonly _tag: 'TimedOut'; readonly afterMillis: number }
  /** The server answered, and did not take the envelope. */
  | { readonly _tag: 'Refused'; readonly answer: Answer }
  /** The transport was closed before or while it sent. */
  | { readonly _tag: 'Closed' }

// constructors

export const unreachable = (reason: string): TransportError => ({ _tag: 'Unreachable', reason })

export const untrusted = (reason: string): TransportError => ({ _tag: 'Untrusted', reason })

export const timedOut = (afterMillis: number): TransportError => ({ _tag: 'TimedOut', afterMillis })

export const refused = (answer: Answer): TransportError => ({ _tag: 'Refused', answer })

export const closed: TransportError = { _tag: 'Closed' }

// guards

/** Whether the same envelope may be taken at another time. Only this module and its table know statuses. */
export const isRetryable = (error: TransportError): boolean => {
  switch (error._tag) {
    case 'Unreachable':
    case 'TimedOut':
      return true
    case 'Refused':
      return RETRYABLE_STATUSES.has(error.answer.status)
    case 'Untrusted':
    case 'Closed':
      return false
  }
}

/** Request timeout, too early, bad gateway, unavailable, gateway timeout: the server did not look at it. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 502, 503, 504])

// destructors

/** One line for people. */
export const show = (error: TransportError): string => {
  switch (error._tag) {
    case 'Unreachable':
      return `could not reach Sentry: ${error.reason}`
    case 'Untrusted':
      return `the server's certificate is not trusted: ${error.reason}`
    case 'TimedOut':
      return `no answer within ${error.afterMillis} ms`
    case 'Refused':
      return `Sentry refused with status ${error.answer.status}${SAYS.get(error.answer.status) ?? ''}`
    case 'Closed':
      return 'the transport is closed'
  }
}

const SAYS: ReadonlyMap<number, string> = new Map([
  [400, ' (the envelope, the key or the project is malformed)'],
  [401, ' (no valid key: check the DSN)'],
  [403, ' (the project or the key is disabled: check the DSN)'],
  [404, ' (no such path: check the host and path of the DSN)'],
  [413, ' (too large)'],
  [429, ' (rate limited)'],
])
