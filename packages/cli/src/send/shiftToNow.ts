/**
 * Recorded telemetry as if it happened now: one shift for all times, so that all distances between them stay. Sentry drops
 * transactions of last week without an error.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Span } from '@sentry-exporter/core/Span'
import type { OtlpInput } from '@sentry-exporter/otlp/OtlpInput'

// transformations

/** The latest time becomes `nowMillis`. Spans are counted as `moved`. Zero means no time, and stays. */
export const shiftToNow =
  (nowMillis: number) =>
  (input: OtlpInput): OtlpInput => {
    const latest = latestMicros(input)
    if (latest === 0) return input
    const by = nowMillis * 1_000 - latest
    const later = (time: Micros.Micros): Micros.Micros => (time === 0 ? time : Micros.of(time + by))
    const ofSpan = (span: Span): Span => ({
      ...span,
      startMicros: later(span.startMicros),
      endMicros: later(span.endMicros),
      events: span.events.map((event) => ({ ...event, timeMicros: later(event.timeMicros) })),
    })
    const { batch, logs } = input
    const moved = Losses.of('moved', batch.spans.length)
    return {
      ...input,
      batch: {
        ...batch,
        spans: batch.spans.map(ofSpan),
        repairs: Losses.concat(batch.repairs, moved),
      },
      logs: {
        ...logs,
        records: logs.records.map((one) => ({ ...one, timeMicros: later(one.timeMicros) })),
      },
    }
  }

/** Zero without any time. */
const latestMicros = ({ batch, logs }: OtlpInput): number => {
  let latest = 0
  const see = (micros: number): void => {
    if (micros > latest) latest = micros
  }
  for (const { startMicros, endMicros, events } of batch.spans) {
    see(startMicros)
    see(endMicros)
    for (const { timeMicros } of events) see(timeMicros)
  }
  for (const { timeMicros } of logs.records) see(timeMicros)
  return latest
}
