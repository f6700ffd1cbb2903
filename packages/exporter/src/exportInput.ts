/** Exports an input that was read: counts it, and sends what became ready by it. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as RecordedException from '@sentry-exporter/core/RecordedException'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import type { ReadInput } from './describeBytes.ts'
import * as MetricSteps from './MetricSteps.ts'
import * as Outcome from './Outcome.ts'
import * as Running from './Running.ts'

/** Places of bad input that an outcome names; the others are only counted. */
const MAX_PLACES = 10

const CLOSED = 'the exporter was shut down: nothing was exported'

// running

export const exportInput = (
  running: Running.Running,
  input: ReadInput,
): Outcome.Outcome | Promise<Outcome.Outcome> => {
  const known = knownOf(running, input)
  if (running.state.isClosed) return Running.record(running, afterShutdown(running, input, known))
  const { batch, described, logs } = input
  const { metrics } = input.metrics
  // Values that were made by hand may lack a field.
  const arrived = E.tryCatch(
    () =>
      Running.arrive(running, { spans: batch.spans, records: logs.records, metrics, described }),
    E.toError,
  )
  if (E.isRight(arrived)) return Running.send(running, arrived.right, known)
  const lost = Losses.ofCounts({
    invalid: Batch.validSpansIn(batch),
    invalid_record: logs.records.length,
    invalid_metric: MetricSteps.pointsIn(metrics),
  })
  return Running.record(running, {
    ...known,
    rejected: Losses.concat(known.rejected, lost),
    problems: [`the input could not be read: ${arrived.left.message}`, ...known.problems],
  })
}

/** The part of the outcome that reading gives. */
const knownOf = ({ logs, metrics }: Running.Running, input: ReadInput): Outcome.Outcome => {
  const batch = input.metrics
  return {
    ...Outcome.Monoid.empty,
    spansIn: Batch.spansIn(input.batch),
    logsIn: logs.isOn() ? input.logs.records.length + input.logs.rejected.length : 0,
    metricsIn: metrics.isOn() ? MetricSteps.pointsIn(batch.metrics) + batch.rejected.length : 0,
    rejected: OtlpInput.losses(input),
    problems: OtlpInput.problems(input).slice(0, MAX_PLACES),
  }
}

const afterShutdown = (
  running: Running.Running,
  input: ReadInput,
  known: Outcome.Outcome,
): Outcome.Outcome => {
  const { records } = input.logs
  const exceptions = records.filter(({ attributes }) =>
    RecordedException.hasExceptionAttributes(attributes),
  ).length
  const logs = running.logs.isOn() ? records.length : 0
  const points = MetricSteps.pointsIn(input.metrics.metrics)
  const metrics = running.metrics.isOn() ? points : 0
  const off = Losses.ofCounts({
    log_record: logs > 0 ? 0 : records.length - exceptions,
    metric: points - metrics,
  })
  return {
    ...known,
    rejected: Losses.concat(known.rejected, off),
    dropped: Losses.of('shutdown', Batch.validSpansIn(input.batch)),
    droppedErrors: Losses.of('shutdown', exceptions),
    droppedLogs: Losses.of('shutdown', logs),
    droppedMetrics: Losses.of('shutdown', metrics),
    problems: [CLOSED, ...known.problems],
  }
}
