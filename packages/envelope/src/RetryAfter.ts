/**
 * The header `Retry-After`: seconds, or a date. Source: RFC 9110, section 10.2.3; the server of Sentry sends seconds, what
 * stands in front of it may send dates.
 */

// decoding

/**
 * Milliseconds from now on, at least 0, at most a day; `undefined` for what is neither seconds nor a date. A date that is
 * past is 0.
 */
export const parse = (text: string, nowMillis: number): number | undefined => {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const seconds = Number(trimmed)
  const millis = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(trimmed) - nowMillis
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(millis, 0), MAX_MILLIS)
}

/** A server announces minutes (Sentry: five at most); whoever announces years must not silence a client for so long. */
export const MAX_MILLIS: number = 24 * 60 * 60 * 1000
