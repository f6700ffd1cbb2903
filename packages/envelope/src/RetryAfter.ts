/**
 * The header `Retry-After`: seconds, or a date. Source: RFC 9110, section 10.2.3. Sentry's server sends seconds; a proxy in
 * front of it may send a date.
 *
 * @example
 * ```ts
 * import * as RetryAfter from '@sentry-exporter/envelope/RetryAfter'
 *
 * console.log(RetryAfter.parse('60', 0)) // 60000
 * console.log(RetryAfter.parse('Thu, 01 Jan 1970 00:00:07 GMT', 2_000)) // 5000
 * console.log(RetryAfter.parse('soon', 0)) // undefined
 * ```
 */

// decoding

/** Servers send minutes (Sentry: at most five). The bound limits the effect of a wrong header. */
export const MAX_MILLIS: number = 24 * 60 * 60 * 1000

/** Milliseconds from now: at least 0, at most a day. 0 for a date in the past, `undefined` for text that is neither. */
export const parse = (text: string, nowMillis: number): number | undefined => {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const seconds = Number(trimmed)
  const millis = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(trimmed) - nowMillis
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(millis, 0), MAX_MILLIS)
}
