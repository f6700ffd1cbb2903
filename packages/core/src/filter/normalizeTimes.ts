/**
 * Replaces times that the server refuses: not a number, negative, or beyond the year 9999. A span without a start gets its
 * end as start; a span without either gets the time of its first event, or else of its arrival.
 */
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'

/**
 * The span itself if its times are valid. An end of zero or before the start stays: `SentrySpan` repairs it.
 */
export const normalizeTimes = (span: Span, nowMillis: number): Span => {
  // hot: once for each span
  if (
    Micros.isKnown(span.startMicros) &&
    (span.endMicros === 0 || Micros.isKnown(span.endMicros))
  ) {
    return span
  }
  const end = Micros.isKnown(span.endMicros) ? span.endMicros : Micros.zero
  const start = Micros.isKnown(span.startMicros)
    ? span.startMicros
    : end > 0
      ? end
      : arrivalOf(span, nowMillis)
  return start === span.startMicros && end === span.endMicros
    ? span
    : { ...span, startMicros: start, endMicros: end }
}

const arrivalOf = ({ events }: Span, nowMillis: number): Micros.Micros =>
  events.reduce(
    (first, { timeMicros: time }) =>
      Micros.isKnown(time) && (first === 0 || time < first) ? time : first,
    Micros.zero,
  ) || Micros.of(nowMillis * 1_000)
