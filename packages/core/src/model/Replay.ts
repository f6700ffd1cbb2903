/**
 * Recorded telemetry as if it happened now: one shift for all times of a recording, so that all distances between them stay, and
 * other ids, derived from the recorded ones. Sentry drops transactions of last week, and an event whose id it has seen within the
 * hour. Errors, events and breadcrumbs are derived from the spans and log records, and move with them. Points of metrics move with their starts and their
 * exemplars.
 *
 * @example
 * ```ts
 * import { Batch, Micros, Replay, Span, SpanId, TraceId } from '@sentry-exporter/core'
 *
 * const span = Span.make({
 *   traceId: TraceId.fromContent(['trace']),
 *   spanId: SpanId.fromContent(['span']),
 *   name: 'import',
 *   startMicros: Micros.fromMillis(1_600_000_000_000),
 *   endMicros: Micros.fromMillis(1_600_000_002_000),
 * })
 * const recording = { traces: [{ ...Batch.empty, spans: [span] }], logs: [], metrics: [] }
 * const { traces } = Replay.shift(Replay.microsTo(1_700_000_000_000)(recording))(recording)
 * console.log(traces[0]?.spans[0]?.startMicros, traces[0]?.repairs) // 1699999998000000 { moved: 1 }
 * ```
 */
import type { Batch } from './Batch.ts'
import type { LogBatch } from './LogBatch.ts'
import type { LogRecord } from './LogRecord.ts'
import * as Losses from './Losses.ts'
import * as Metric from './Metric.ts'
import type { MetricBatch } from './MetricBatch.ts'
import * as Micros from './Micros.ts'
import type { Span } from './Span.ts'
import * as SpanId from './SpanId.ts'
import * as TraceId from './TraceId.ts'

// model

/** Decoded requests of traces, logs and metrics. */
export interface RecordedTelemetry {
  readonly traces: ReadonlyArray<Batch>
  readonly logs: ReadonlyArray<LogBatch>
  readonly metrics: ReadonlyArray<MetricBatch>
}

// folds

/** The microseconds by which a recording must be shifted so that its latest time is this one; 0 for one without times. */
export const microsTo =
  (nowMillis: number) =>
  (recording: RecordedTelemetry): number => {
    const latest = latestMicros(recording)
    return latest === 0 ? 0 : nowMillis * 1_000 - latest
  }

/** The latest time of a recording; 0 for one without times. That of several recordings is the latest of all. */
export const latestMicros = ({ traces, logs, metrics }: RecordedTelemetry): number => {
  let latest = 0
  const see = (micros: number): void => {
    if (micros > latest) latest = micros
  }
  for (const { spans } of traces) {
    for (const { startMicros, endMicros, events } of spans) {
      see(startMicros)
      see(endMicros)
      for (const { timeMicros } of events) see(timeMicros)
    }
  }
  for (const { records } of logs) for (const { timeMicros } of records) see(timeMicros)
  const all = metrics.flatMap((batch) => batch.metrics)
  for (const point of all.flatMap(({ data }): ReadonlyArray<Metric.AnyPoint> => data.points)) {
    see(point.startMicros)
    see(point.timeMicros)
    for (const { timeMicros } of Metric.exemplarsOf(point)) see(timeMicros)
  }
  return latest
}

// transformations

/** Shifts all times by these microseconds. The spans, records and points are counted as `moved`. Zero means no time, and stays. */
export const shift = (micros: number): ((recording: RecordedTelemetry) => RecordedTelemetry) => {
  if (micros === 0) return (recording) => recording
  const later = (time: Micros.Micros): Micros.Micros =>
    time === 0 ? time : Micros.of(time + micros)
  const ofSpan = (span: Span): Span => ({
    ...span,
    startMicros: later(span.startMicros),
    endMicros: later(span.endMicros),
    events: span.events.map((event) => ({ ...event, timeMicros: later(event.timeMicros) })),
  })
  const ofRecord = (record: LogRecord): LogRecord => ({
    ...record,
    timeMicros: later(record.timeMicros),
    observedMicros: record.observedMicros && later(record.observedMicros),
  })
  const ofMetric = Metric.mapPoints((point) =>
    Metric.mapExemplars((exemplar) => ({ ...exemplar, timeMicros: later(exemplar.timeMicros) }))({
      ...point,
      startMicros: later(point.startMicros),
      timeMicros: later(point.timeMicros),
    }),
  )
  return ({ traces, logs, metrics }) => ({
    traces: traces.map((batch) => ({
      ...batch,
      spans: batch.spans.map(ofSpan),
      repairs: withMoved(batch.repairs, batch.spans.length),
    })),
    logs: logs.map((batch) => ({
      ...batch,
      records: batch.records.map(ofRecord),
      repairs: withMoved(batch.repairs, batch.records.length),
    })),
    metrics: metrics.map((batch) => ({
      ...batch,
      metrics: batch.metrics.map(ofMetric),
      repairs: withMoved(
        batch.repairs,
        batch.metrics.reduce((sum, metric) => sum + Metric.points(metric), 0),
      ),
    })),
  })
}

const withMoved = (repairs: Losses.Losses, count: number): Losses.Losses =>
  Losses.concat(repairs, Losses.of('moved', count))

/**
 * Derives all ids again from a salt: of traces, spans, parents, links, log records and exemplars. Equal ids stay equal, so that trees and links
 * stay. The same salt gives the same ids.
 */
export const renewIds = (salt: string): ((recording: RecordedTelemetry) => RecordedTelemetry) => {
  const toTraceId = (id: TraceId.TraceId): TraceId.TraceId => TraceId.fromContent([salt, id])
  const toSpanId = (id: SpanId.SpanId): SpanId.SpanId => SpanId.fromContent([salt, id])
  const ofSpan = (span: Span): Span => ({
    ...span,
    traceId: toTraceId(span.traceId),
    spanId: toSpanId(span.spanId),
    parentSpanId: span.parentSpanId && toSpanId(span.parentSpanId),
    links: span.links.map((link) => ({
      ...link,
      traceId: toTraceId(link.traceId),
      spanId: toSpanId(link.spanId),
    })),
  })
  // A log record, or an exemplar.
  const withIds = <A extends Pick<LogRecord, 'spanId' | 'traceId'>>(one: A): A => ({
    ...one,
    traceId: one.traceId && toTraceId(one.traceId),
    spanId: one.spanId && toSpanId(one.spanId),
  })
  const ofMetric = Metric.mapPoints((point) => Metric.mapExemplars(withIds)(point))
  return ({ traces, logs, metrics }) => ({
    traces: traces.map((batch) => ({ ...batch, spans: batch.spans.map(ofSpan) })),
    logs: logs.map((batch) => ({ ...batch, records: batch.records.map(withIds) })),
    metrics: metrics.map((batch) => ({ ...batch, metrics: batch.metrics.map(ofMetric) })),
  })
}
