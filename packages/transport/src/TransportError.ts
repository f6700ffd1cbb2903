/**
 * Why an envelope was not delivered. A closed union: a policy that handles each case handles all there are. No error
 * holds a DSN or a header that was sent.
 */
import type { Category } from '@sentry-exporter/envelope/Category'
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
  /** Not sent: the server takes nothing of this category until then, in milliseconds since 1970. */
  | { readonly _tag: 'RateLimited'; readonly category: Category; readonly untilMillis: number }
  /** Not sent: too much was waiting. */
  | { readonly _tag: 'Overflowed' }
  /** Not sent: delivery was closed while it waited for its turn. */
  | { readonly _tag: 'Abandoned' }
  /** Tried again, and given up. */
  | { readonly _tag: 'GaveUp'; readonly retries: number; readonly last: Attempted }

/** Why a single attempt failed. */
export type Attempted = Exclude<TransportError, { readonly _tag: 'GaveUp' }>

// constructors

export const unreachable = (reason: string): TransportError => ({ _tag: 'Unreachable', reason })

export const untrusted = (reason: string): TransportError => ({ _tag: 'Untrusted', reason })

export const timedOut = (afterMillis: number): TransportError => ({ _tag: 'TimedOut', afterMillis })

export const refused = (answer: Answer): TransportError => ({ _tag: 'Refused', answer })

export const closed: TransportError = { _tag: 'Closed' }

export const rateLimited = (category: Category, untilMillis: number): TransportError => ({
  _tag: 'RateLimited',
  category,
  untilMillis,
})

export const overflowed: TransportError = { _tag: 'Overflowed' }

export const abandoned: TransportError = { _tag: 'Abandoned' }

/** After no retry it is what the only attempt failed with. */
export const gaveUp = (retries: number, error: TransportError): TransportError =>
  retries === 0 ? error : { _tag: 'GaveUp', retries, last: lastOf(error) }

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
    case 'RateLimited':
    case 'Overflowed':
    case 'Abandoned':
    case 'GaveUp':
      return false
  }
}

/** Request timeout, too early, bad gateway, unavailable, gateway timeout: the server did not look at it. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 502, 503, 504])

// destructors

/** What the last attempt failed with. */
export const lastOf = (error: TransportError): Attempted =>
  error._tag === 'GaveUp' ? error.last : error

/** How often it was tried again. */
export const retriesOf = (error: TransportError): number =>
  error._tag === 'GaveUp' ? error.retries : 0

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
      return showAnswer(error.answer)
    case 'Closed':
      return 'the transport is closed'
    case 'RateLimited':
      return `Sentry takes nothing of the category ${error.category} for now`
    case 'Overflowed':
      return 'too much was waiting to be sent'
    case 'Abandoned':
      return 'delivery was closed before its turn came'
    case 'GaveUp':
      return `${show(error.last)}, after ${error.retries} ${error.retries === 1 ? 'retry' : 'retries'}`
  }
}

const showAnswer = ({ status, reason }: Answer): string =>
  `Sentry refused with status ${status}${reason === undefined ? '' : `, ${reason}`}${SAYS.get(status) ?? ''}`

const SAYS: ReadonlyMap<number, string> = new Map([
  [400, ' (the envelope, the key or the project is malformed)'],
  [401, ' (no valid key: check the DSN)'],
  [403, ' (the project or the key is disabled: check the DSN)'],
  [404, ' (no such path: check the host and path of the DSN)'],
  [413, ' (too large)'],
  [429, ' (rate limited)'],
])
