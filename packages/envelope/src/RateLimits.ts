/**
 * What a server does not take for now, and until when. Announced on any answer, also on a good one.
 *
 *     X-Sentry-Rate-Limits: limit *( "," limit )
 *     limit = seconds ":" [ category *( ";" category ) ] ":" scope [ ":" reason [ ":" namespaces ] ]
 *
 * Source: `develop-docs/sdk/foundations/transport/rate-limiting.mdx` of getsentry/sentry-docs;
 * `relay-server/src/utils/rate_limits.rs`, `relay-base-schema/src/data_category.rs` of getsentry/relay.
 *
 * Law: a monoid by `concat`: of two ends of one limit the later one holds, whatever the order in which they were heard.
 */
import type { Category } from './Category.ts'
import * as RetryAfter from './RetryAfter.ts'

// model

/** When each limit ends, in milliseconds since 1970, by the category it is on; that on everything stands under `all`. */
export type RateLimits = ReadonlyMap<string, number>

/** What an answer says of limits. */
export interface Announcement {
  readonly status: number
  /** `X-Sentry-Rate-Limits`; several headers joined by commas. */
  readonly rateLimits: string | undefined
  /** `Retry-After`. */
  readonly retryAfter: string | undefined
}

// constructors

export const empty: RateLimits = new Map()

// decoding

/** Reads what an answer announces. Without the header of its own only a 429 is a limit, on everything. */
export const read = (announcement: Announcement, nowMillis: number): RateLimits => {
  const { status, rateLimits = '', retryAfter = '' } = announcement
  if (rateLimits.trim() !== '') return parse(rateLimits, nowMillis)
  if (status !== TOO_MANY_REQUESTS) return empty
  const millis = RetryAfter.parse(retryAfter, nowMillis) ?? DEFAULT_MILLIS
  return new Map([[ALL, nowMillis + millis]])
}

/** Reads the header. A list of categories that names only unknown ones limits nothing; an empty list limits everything. */
export const parse = (header: string, nowMillis: number): RateLimits => {
  const limits = new Map<string, number>()
  for (const limit of header.split(',')) {
    const [seconds = '', categories = '', , , namespaces = ''] = limit
      .split(':')
      .map((field) => field.trim())
    if (!limit.includes(':') && !isNumber(seconds)) continue
    const untilMillis = nowMillis + millisOf(seconds)
    for (const key of keysOf(categories, namespaces)) {
      limits.set(key, Math.max(limits.get(key) ?? 0, untilMillis))
    }
  }
  return limits
}

// combinators

export const concat = (a: RateLimits, b: RateLimits): RateLimits => {
  if (b.size === 0) return a
  const both = new Map(a)
  for (const [key, untilMillis] of b) {
    both.set(key, Math.max(both.get(key) ?? 0, untilMillis))
  }
  return both
}

// destructors

/**
 * Until when a category is held back, in milliseconds since 1970; `undefined` if it is not. A transaction is held back
 * with its spans, and everything by a limit on all; a client report only by that.
 */
export const heldUntil =
  (category: Category, nowMillis: number) =>
  (limits: RateLimits): number | undefined => {
    const untilMillis = Math.max(...HELD_BY[category].map((key) => limits.get(key) ?? 0))
    return untilMillis > nowMillis ? untilMillis : undefined
  }

const ALL = 'all'

const TOO_MANY_REQUESTS = 429

/** For a limit that names no time, or none that can be read. */
const DEFAULT_MILLIS = 60_000

const HELD_BY: Readonly<Record<Category, ReadonlyArray<string>>> = {
  transaction: ['transaction', 'span', ALL],
  span: ['span', ALL],
  error: ['error', ALL],
  internal: [ALL],
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

const millisOf = (seconds: string): number =>
  isNumber(seconds)
    ? Math.min(Math.max(Number(seconds) * 1000, 0), RetryAfter.MAX_MILLIS)
    : DEFAULT_MILLIS

/** Namespaces tell metrics apart; only those of users (`custom`) would come from a client. */
const keysOf = (categories: string, namespaces: string): ReadonlyArray<string> => {
  if (categories === '') return [ALL]
  const isForClients = namespaces === '' || namespaces.split(';').includes('custom')
  return categories
    .split(';')
    .map((category) => category.trim())
    .filter((category) => KNOWN.has(category) && (category !== METRICS || isForClients))
}

const METRICS = 'metric_bucket'

/** Categories that a client may be told. Those of the server's own (`transaction_indexed`) are none of them. */
const KNOWN: ReadonlySet<string> = new Set([
  'attachment',
  'default',
  'error',
  'feedback',
  'log_byte',
  'log_item',
  METRICS,
  'monitor',
  'profile',
  'profile_chunk',
  'replay',
  'session',
  'span',
  'trace_metric',
  'transaction',
])
