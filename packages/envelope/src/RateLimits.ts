/**
 * The categories of data that a server does not accept for now, and until when. Any response can contain rate limits, also a
 * successful one.
 *
 *     X-Sentry-Rate-Limits: limit *( "," limit )
 *     limit = seconds ":" [ category *( ";" category ) ] ":" scope [ ":" reason [ ":" namespaces ] ]
 *
 * Source: `develop-docs/sdk/foundations/transport/rate-limiting.mdx` of getsentry/sentry-docs;
 * `relay-server/src/utils/rate_limits.rs`, `relay-base-schema/src/data_category.rs` of getsentry/relay.
 *
 * Law: a commutative monoid. Of two expiries of one limit the later one applies.
 *
 * @example
 * ```ts
 * import * as RateLimits from '@sentry-exporter/envelope/RateLimits'
 *
 * const limits = RateLimits.parse('60:transaction;span:organization, 2700:error:project', 0)
 * console.log(RateLimits.heldUntil('span', 1_000)(limits)) // 60000
 * console.log(RateLimits.heldUntil('internal', 1_000)(limits)) // undefined
 * ```
 */
import type * as monoid from '#fp-ts/Monoid'
import type { Category } from './Category.ts'
import * as RetryAfter from './RetryAfter.ts'

// model

/** The expiry of each limit in milliseconds since 1970, by category. The key `all` is a limit for every category. */
export type RateLimits = ReadonlyMap<string, number>

/** The parts of a response that can contain limits. */
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

const ALL = 'all'

const TOO_MANY_REQUESTS = 429

/** For a limit without a valid time. */
const DEFAULT_MILLIS = 60_000

const METRICS = 'metric_bucket'

/** The categories that clients know. Those that only the server uses (`transaction_indexed`) are left out. */
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
  'trace_metric_byte',
  'transaction',
])

/**
 * The limits of a response. Without `X-Sentry-Rate-Limits`, status 429 is a limit for every category. `dateMillis` is the date, if
 * limits are measured with a clock that does not show it.
 */
export const read = (
  announcement: Announcement,
  nowMillis: number,
  dateMillis: number = nowMillis,
): RateLimits => {
  const { status, rateLimits = '', retryAfter = '' } = announcement
  if (rateLimits.trim() !== '') return parse(rateLimits, nowMillis)
  if (status !== TOO_MANY_REQUESTS) return empty
  const millis = RetryAfter.parse(retryAfter, dateMillis) ?? DEFAULT_MILLIS
  return new Map([[ALL, nowMillis + millis]])
}

/** Parses `X-Sentry-Rate-Limits`. A list with only unknown categories limits nothing; an empty list limits everything. */
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

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

const millisOf = (seconds: string): number =>
  isNumber(seconds)
    ? Math.min(Math.max(Number(seconds) * 1000, 0), RetryAfter.MAX_MILLIS)
    : DEFAULT_MILLIS

/** Namespaces distinguish kinds of metrics; clients send only those of users (`custom`). */
const keysOf = (categories: string, namespaces: string): ReadonlyArray<string> => {
  if (categories === '') return [ALL]
  const isForClients = namespaces === '' || namespaces.split(';').includes('custom')
  return categories
    .split(';')
    .map((category) => category.trim())
    .filter((category) => KNOWN.has(category) && (category !== METRICS || isForClients))
}

// folds

const HELD_BY: Readonly<Record<Category, ReadonlyArray<string>>> = {
  transaction: ['transaction', 'span', ALL],
  span: ['span', ALL],
  error: ['error', ALL],
  // The server accepts no logs if either is limited (`relay-server/src/processing/logs/mod.rs` of getsentry/relay).
  log_item: ['log_item', 'log_byte', ALL],
  log_byte: ['log_item', 'log_byte', ALL],
  // As for logs (`relay-server/src/processing/trace_metrics/mod.rs` of getsentry/relay).
  trace_metric: ['trace_metric', 'trace_metric_byte', ALL],
  trace_metric_byte: ['trace_metric', 'trace_metric_byte', ALL],
  internal: [ALL],
}

/**
 * The expiry of the limits for a category, in milliseconds since 1970; `undefined` if it is not limited. A transaction is also
 * limited by the limit for spans, and every category by the limit for all; a client report only by the latter.
 */
export const heldUntil =
  (category: Category, nowMillis: number) =>
  (limits: RateLimits): number | undefined => {
    const untilMillis = Math.max(...HELD_BY[category].map((key) => limits.get(key) ?? 0))
    return untilMillis > nowMillis ? untilMillis : undefined
  }

// instances

/** The later expiry for each key. */
export const Monoid: monoid.Monoid<RateLimits> = /* @__PURE__ */ Object.freeze<
  monoid.Monoid<RateLimits>
>({
  empty,
  concat: (a, b) => {
    if (b.size === 0) return a
    const both = new Map(a)
    for (const [key, untilMillis] of b) {
      both.set(key, Math.max(both.get(key) ?? 0, untilMillis))
    }
    return both
  },
})
