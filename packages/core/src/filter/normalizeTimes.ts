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
  if (
    span.startMicros > 0 &&
    span.startMicros <= MAX_MICROS &&
    span.endMicros >= 0 &&
    span.endMicros <= MAX_MICROS
  ) {
    return span
  }
  const end = isValid(span.endMicros) ? span.endMicros : Micros.zero
  const start = isValid(span.startMicros)
    ? span.startMicros
    : end > 0
      ? end
      : arrivalOf(span, nowMillis)
  return start === span.startMicros && end === span.endMicros
    ? span
    : { ...span, startMicros: start, endMicros: end }
}

const isValid = (time: number): boolean => time > 0 && time <= MAX_MICROS

const arrivalOf = ({ events }: Span, nowMillis: number): Micros.Micros =>
  events.reduce(
    (first, { timeMicros: time }) =>
      isValid(time) && (first === 0 || time < first) ? time : first,
    Micros.zero,
  ) || Micros.of(nowMillis * 1_000)
