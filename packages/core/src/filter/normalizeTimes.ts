/**
 * Times that the server can take, for a span whose times are none: no number, negative, or beyond the year 9999. A span
 * without a start starts where it ends; one without any time happened at its first event, or when it came.
 */
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'

/** The span itself if its times are fine. An end of zero, or before the start, is told by `SentrySpan`. */
export const normalizeTimes = (span: Span, nowMillis: number): Span => {
  // hot: once for each span
  if (span.start > 0 && span.start <= MOST && span.end >= 0 && span.end <= MOST) return span
  const end = isTime(span.end) ? span.end : Micros.zero
  const start = isTime(span.start) ? span.start : end > 0 ? end : arrival(span, nowMillis)
  return start === span.start && end === span.end ? span : { ...span, start, end }
}

/** The first second of the year 10000. */
const MOST = 253_402_300_800e6

const isTime = (time: number): boolean => time > 0 && time <= MOST

const arrival = ({ events }: Span, nowMillis: number): Micros.Micros =>
  events.reduce(
    (least, { time }) => (isTime(time) && (least === 0 || time < least) ? time : least),
    Micros.zero,
  ) || Micros.of(nowMillis * 1_000)
