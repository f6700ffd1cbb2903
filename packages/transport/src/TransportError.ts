/**
 * The reason of a failed delivery: a closed union. No error contains a DSN or a request header. Only this module knows the
 * meaning of status codes.
 *
 * @example
 * ```ts
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 *
 * const answer = { status: 401, rateLimits: undefined, retryAfter: undefined }
 * const error = TransportError.refused(answer)
 * console.log(TransportError.isRetryable(error)) // false
 * console.log(TransportError.discardReason(error)) // send_error
 * console.log(TransportError.show(error)) // Sentry refused with status 401 (no valid key: check the DSN)
 * ```
 */
import type { Category } from '@sentry-exporter/envelope/Category'
import type { Reason } from '@sentry-exporter/envelope/ClientReport'
import type { Answer } from './Answer.ts'

// model

export type TransportError =
  /** No connection, or it broke before a response: name not resolved, refused, reset. */
  | { readonly _tag: 'Unreachable'; readonly reason: string }
  /** The certificate of the server is not trusted. */
  | { readonly _tag: 'Untrusted'; readonly reason: string }
  /** No complete response in time. */
  | { readonly _tag: 'TimedOut'; readonly afterMillis: number }
  /** The server responded and did not accept the envelope. */
  | { readonly _tag: 'Refused'; readonly answer: Answer }
  /** The transport was closed before or during the request. */
  | { readonly _tag: 'Closed' }
  /** Not sent: the category is rate-limited until this time, in milliseconds since 1970. */
  | { readonly _tag: 'RateLimited'; readonly category: Category; readonly untilMillis: number }
  /** Not sent: the queue was full. */
  | { readonly _tag: 'Overflowed' }
  /** Not sent: delivery was closed while the envelope was in the queue. */
  | { readonly _tag: 'Abandoned' }
  /** Not sent: it is for a project that does not exist, or that was not found. The reason contains no secret. */
  | { readonly _tag: 'NoProject'; readonly reason: string }
  /** Failed after retries; `last` is the error of the last attempt. */
  | { readonly _tag: 'GaveUp'; readonly retries: number; readonly last: Attempted }

/** The reason of a single failed attempt. */
export type Attempted = Exclude<TransportError, { readonly _tag: 'GaveUp' }>

/** Reasons of client reports for envelopes. The other reasons are for data that was dropped before it was in an envelope. */
export type DiscardReason = Exclude<Reason, 'before_send' | 'ignored' | 'sample_rate'>

/** A function for each case. */
export type Cases<A> = {
  readonly [Case in TransportError as Case['_tag']]: (error: Case) => A
}

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

export const noProject = (reason: string): TransportError => ({ _tag: 'NoProject', reason })

/** The error of the only attempt, if there was no retry. */
export const gaveUp = (retries: number, error: TransportError): TransportError =>
  retries === 0 ? error : { _tag: 'GaveUp', retries, last: lastOf(error) }

// guards

/** The field that each case must have, and its type; `undefined` for cases without fields. */
const FIELDS: {
  readonly [Case in TransportError as Case['_tag']]: readonly [string, string] | undefined
} = {
  Unreachable: ['reason', 'string'],
  Untrusted: ['reason', 'string'],
  TimedOut: ['afterMillis', 'number'],
  Refused: ['answer', 'object'],
  Closed: undefined,
  RateLimited: ['category', 'string'],
  Overflowed: undefined,
  Abandoned: undefined,
  NoProject: ['reason', 'string'],
  GaveUp: ['last', 'object'],
}

/** Whether a value of a program without types is an error of this union. */
export const is = (value: unknown): value is TransportError => {
  if (typeof value !== 'object' || value === null || !('_tag' in value)) return false
  const tag = String(value._tag)
  if (!Object.hasOwn(FIELDS, tag)) return false
  // The tag is a key of the record.
  const field = FIELDS[tag as TransportError['_tag']]
  if (field === undefined) return true
  const found: unknown = Reflect.get(value, field[0])
  return found !== null && typeof found === field[1]
}

/** Request timeout, too early, bad gateway, unavailable, gateway timeout: the server has not processed the request. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 502, 503, 504])

/** Whether a later attempt with the same envelope may succeed. */
export const isRetryable = (error: TransportError): boolean =>
  match({
    Unreachable: () => true,
    TimedOut: () => true,
    Refused: ({ answer }) => RETRYABLE_STATUSES.has(answer.status),
    Untrusted: () => false,
    Closed: () => false,
    RateLimited: () => false,
    Overflowed: () => false,
    Abandoned: () => false,
    NoProject: () => false,
    GaveUp: () => false,
  })(error)

/** Codes of a connection that was not made, of Node and of Bun; the reason of an error begins with its code. */
const UNCONNECTED: ReadonlySet<string> = new Set([
  'ConnectionRefused',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'FailedToOpenSocket',
])

/** Request timeout, too early, unavailable: the server states that it did not take the request. */
const UNTAKEN_STATUSES: ReadonlySet<number> = new Set([408, 425, 503])

/** Whether the server cannot have taken the envelope, so that another attempt makes no copy of it. */
export const isUntaken = (error: TransportError): boolean =>
  (error._tag === 'Unreachable' && UNCONNECTED.has(error.reason.split(/[ :(]/, 1)[0] ?? '')) ||
  (error._tag === 'Refused' && UNTAKEN_STATUSES.has(error.answer.status))

/**
 * Whether an error code means that the server's certificate is not trusted. Node and Bun share the codes.
 * Source: nodejs.org/api/tls.html, "X509 certificate error codes".
 */
export const isCertificateError = (code: string): boolean =>
  code.startsWith('CERT_') ||
  code.startsWith('ERR_TLS_') ||
  code.includes('SELF_SIGNED') ||
  code.startsWith('UNABLE_TO_') ||
  code === 'HOSTNAME_MISMATCH'

// encoding

/** One line for people. */
export const show = (error: TransportError): string =>
  match<string>({
    Unreachable: ({ reason }) => `could not reach Sentry: ${reason}`,
    Untrusted: ({ reason }) => `the server's certificate is not trusted: ${reason}`,
    TimedOut: ({ afterMillis }) => `no answer within ${afterMillis} ms`,
    Refused: ({ answer }) => showAnswer(answer),
    Closed: () => 'the transport is closed',
    RateLimited: ({ category }) =>
      `rate-limited: Sentry does not accept the category ${category} for now`,
    Overflowed: () => 'the queue was full',
    Abandoned: () => 'delivery was closed while the envelope was in the queue',
    NoProject: ({ reason }) => `no project takes the envelope: ${reason}`,
    GaveUp: ({ last, retries }) =>
      `${show(last)}, after ${retries} ${retries === 1 ? 'retry' : 'retries'}`,
  })(error)

const STATUS_HINTS: ReadonlyMap<number, string> = new Map([
  [400, ' (the envelope, the key or the project is malformed)'],
  [401, ' (no valid key: check the DSN)'],
  [403, ' (the project or the key is disabled: check the DSN)'],
  [404, ' (no such path: check the host and path of the DSN)'],
  [413, ' (too large)'],
  [429, ' (rate limited)'],
])

const showAnswer = ({ status, reason }: Answer): string =>
  `Sentry refused with status ${status}${reason === undefined ? '' : `, ${reason}`}${STATUS_HINTS.get(status) ?? ''}`

// folds

/** One function for each case, so that the compiler finds a missing one. */
export const match =
  <A>(cases: Cases<A>) =>
  (error: TransportError): A =>
    // The compiler does not see that the tag of an error selects the function for its case.
    (cases[error._tag] as (error: TransportError) => A)(error)

/** The error of the last attempt. */
export const lastOf = (error: TransportError): Attempted =>
  error._tag === 'GaveUp' ? error.last : error

export const retriesOf = (error: TransportError): number =>
  error._tag === 'GaveUp' ? error.retries : 0

const TOO_MANY_REQUESTS = 429

/**
 * The reason in a client report. `undefined` for losses that the server counts itself (429), for abandoned envelopes, after
 * which no report is sent, and for envelopes without a project to report to. Source: the table of statuses in `develop-docs/sdk/telemetry/client-reports.mdx` of
 * getsentry/sentry-docs.
 */
export const discardReason = (error: TransportError): DiscardReason | undefined =>
  match<DiscardReason | undefined>({
    Unreachable: () => 'network_error',
    Untrusted: () => 'network_error',
    TimedOut: () => 'network_error',
    Closed: () => 'network_error',
    Refused: ({ answer }) => (answer.status === TOO_MANY_REQUESTS ? undefined : 'send_error'),
    RateLimited: () => 'ratelimit_backoff',
    Overflowed: () => 'queue_overflow',
    Abandoned: () => undefined,
    NoProject: () => undefined,
    GaveUp: ({ last }) => discardReason(last),
  })(error)
