/**
 * Durations as Go writes them: `300ms`, `1.5s`, `1h30m`. Source: `time.ParseDuration` of Go.
 *
 * Law: the parts add up.
 */
import { Range } from '@sentry-exporter/transport'

const MILLIS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy

// decoding

/** Milliseconds, rounded up to whole ones; `undefined` if the text is no duration, or below zero. */
export const parse = (text: string): number | undefined => {
  if (text === '0') return 0
  let millis = 0
  let end = 0
  for (const [part, number = '', unit = ''] of text.matchAll(PART)) {
    millis += Number(number) * (MILLIS[unit] ?? 0)
    end += part.length
  }
  // Sums of decimal fractions are not exact: 0.1s + 0.2s.
  return end === 0 || end < text.length ? undefined : Math.ceil(Number(millis.toFixed(6)))
}

// encoding

/** `a duration like 5s or 1m30s, at most 596h`. */
export const expected = ({ min, max }: Range.Range): string =>
  `a duration like 5s or 1m30s${min > 0 ? `, at least ${min}ms` : ''}${
    max >= Range.MAX_TIMER_MILLIS ? '' : `, at most ${max}ms`
  }`
