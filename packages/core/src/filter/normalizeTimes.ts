/**
 * Replaces times that the server refuses: not a number, negative, or beyond the year 9999. A span without a start gets its
 * end as start; a span without either gets the time of its first event, or else of its arrival.
 */
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'

/** The first second of the year 10000. */
const MAX_MICROS = 253_402_300_800e6

/**
 * The span itself if its times are valid. An end of zero or before the start stays: `SentrySpan` repairs it.
 */
export const normalizeTimes = (span: Span, nowMillis: number): Span => {
  // hot: once for each span
  if (span.start > 0 && span.start <= MAX_MICROS && span.end >= 0 && span.end <= MAX_MICROS) {
    return span
  }
  const end = isValid(span.end) ? span.end : Micros.zero
  const start = isValid(span.start) ? span.start : end > 0 ? end : arrivalOf(span, nowMillis)
  return start === span.start && end === span.end ? span : { ...span, start, end }
}

const isValid = (time: number): boolean => time > 0 && time <= MAX_MICROS

const arrivalOf = ({ events }: Span, nowMillis: number): Micros.Micros =>
  events.reduce(
    (first, { time }) => (isValid(time) && (first === 0 || time < first) ? time : first),
    Micros.zero,
  ) || Micros.of(nowMillis * 1_000)
