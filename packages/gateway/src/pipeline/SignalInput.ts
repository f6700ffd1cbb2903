/** The facts in which the signals of OTLP differ for a pipeline, as data: their part of an input, and how it is read and counted. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Metric from '@sentry-exporter/core/Metric'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import type * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportMetricsRequest from '@sentry-exporter/otlp/ExportMetricsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { flow } from '#fp-ts/function'
import type { OtlpSignal } from '../receiver/Accept.ts'

// model

export interface SignalInput {
  /** The key of a request in JSON. */
  readonly key: string
  readonly parseProtobuf: ReadProtobuf
  /** The part of an input that belongs to the signal. */
  readonly only: (input: OtlpInput.OtlpInput) => OtlpInput.OtlpInput
  /** Spans, log records or points that could be read. */
  readonly accepted: (input: OtlpInput.OtlpInput) => number
  readonly rejected: (input: OtlpInput.OtlpInput) => ReadonlyArray<Rejected>
}

export type ReadProtobuf = (
  bytes: Uint8Array,
) => E.Either<DecodeError.DecodeError, OtlpInput.OtlpInput>

// constructors

export const traces: SignalInput = {
  key: 'resourceSpans',
  parseProtobuf: flow(
    ExportTraceRequest.parseProtobuf,
    E.map((batch) => ({ ...OtlpInput.empty, batch })),
  ),
  only: ({ batch, unread }) => ({ ...OtlpInput.empty, batch, unread }),
  accepted: ({ batch }) => Batch.validSpansIn(batch),
  rejected: ({ batch }) => batch.rejected,
}

const logs: SignalInput = {
  key: 'resourceLogs',
  parseProtobuf: flow(
    ExportLogsRequest.parseProtobuf,
    E.map((records) => ({ ...OtlpInput.empty, logs: records })),
  ),
  only: (input) => ({ ...OtlpInput.empty, logs: input.logs, unread: input.unread }),
  accepted: (input) => input.logs.records.length,
  rejected: (input) => input.logs.rejected,
}

const metrics: SignalInput = {
  key: 'resourceMetrics',
  parseProtobuf: flow(
    ExportMetricsRequest.parseProtobuf,
    E.map((read) => ({ ...OtlpInput.empty, metrics: read })),
  ),
  only: (input) => ({ ...OtlpInput.empty, metrics: input.metrics, unread: input.unread }),
  accepted: (input) =>
    input.metrics.metrics.reduce((points, metric) => points + Metric.points(metric), 0),
  rejected: (input) => input.metrics.rejected,
}

export const bySignal: Readonly<Record<OtlpSignal, SignalInput>> = { traces, logs, metrics }

// folds

/** Spans, records or points of the signal, those that could not be read too. */
export const itemsIn = ({ accepted, rejected }: SignalInput, input: OtlpInput.OtlpInput): number =>
  accepted(input) + rejected(input).length
