/** The counters of incoming, sent and lost data, which are read from the outcomes of the exporters when they are asked for. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter'
import { Counter, type Registry } from 'prom-client'
import type { ReportedExporter } from '../pipeline/RunningExporter.ts'

// model

/** A number of an outcome, by further labels. */
type Reading = (
  outcome: Outcome,
) => ReadonlyArray<readonly [reason: string | undefined, count: number]>

// constructors

const single =
  (count: (outcome: Outcome) => number): Reading =>
  (outcome) => [[undefined, count(outcome)]]

const byReason =
  (losses: (outcome: Outcome) => Losses.Losses): Reading =>
  (outcome) =>
    Losses.entries(losses(outcome))

/** The reasons for which an envelope is not delivered. Each has a sample from the start: `rate` does not see how a counter begins. */
const DELIVERY_REASONS: ReadonlyArray<Losses.LossReason> = [
  'network_error',
  'queue_overflow',
  'rate_limited',
  'ratelimit_backoff',
  'send_error',
  'shutdown',
]

const ofDelivery =
  (losses: (outcome: Outcome) => Losses.Losses): Reading =>
  (outcome) => {
    const counts = losses(outcome)
    const others = Losses.entries(counts).filter(([reason]) => !DELIVERY_REASONS.includes(reason))
    return [...DELIVERY_REASONS.map((reason) => [reason, counts[reason] ?? 0] as const), ...others]
  }

const OUTCOMES: ReadonlyArray<readonly [name: string, help: string, reading: Reading]> = [
  ['spans_in_total', 'Spans that came in, valid or not.', single(({ spansIn }) => spansIn)],
  ['sent_spans_total', 'Spans that Sentry took.', single(({ delivered }) => delivered.spans)],
  [
    'sent_transactions_total',
    'Transactions that Sentry took.',
    single(({ delivered }) => delivered.transactions),
  ],
  ['sent_errors_total', 'Errors that Sentry took.', single(({ delivered }) => delivered.errors)],
  ['logs_in_total', 'Log records that came in.', single(({ logsIn }) => logsIn)],
  ['sent_logs_total', 'Logs that Sentry took.', single(({ delivered }) => delivered.logs)],
  [
    'metric_points_in_total',
    'Points of metrics that came in.',
    single(({ metricsIn }) => metricsIn),
  ],
  [
    'sent_metrics_total',
    'Metrics that Sentry took. A point may be several.',
    single(({ delivered }) => delivered.metrics),
  ],
  ['retried_total', 'Further attempts to send an envelope.', single(({ retried }) => retried)],
  [
    'rejected_total',
    'Losses and repairs before there was an envelope, by reason. docs/losses.md explains each.',
    byReason(({ rejected }) => rejected),
  ],
  [
    'lost_spans_total',
    'Spans of envelopes that were not delivered, by reason.',
    ofDelivery(({ dropped }) => dropped),
  ],
  [
    'lost_errors_total',
    'Errors of envelopes that were not delivered, by reason.',
    ofDelivery(({ droppedErrors }) => droppedErrors),
  ],
  [
    'lost_logs_total',
    'Logs of envelopes that were not delivered, by reason.',
    ofDelivery(({ droppedLogs }) => droppedLogs),
  ],
  [
    'lost_metrics_total',
    'Metrics of envelopes that were not delivered, by reason.',
    ofDelivery(({ droppedMetrics }) => droppedMetrics),
  ],
]

// running

/** The counters of the exporters at the time of the call. Several with one id are added up. */
export const addOutcomes = (
  prefix: string,
  registry: Registry,
  exporters: () => ReadonlyArray<ReportedExporter>,
): void => {
  for (const [name, help, reading] of OUTCOMES) {
    new Counter({
      name: prefix + name,
      help,
      labelNames: ['exporter', 'reason'],
      registers: [registry],
      collect() {
        this.reset()
        for (const { id, outcome } of exporters()) {
          for (const [reason, count] of reading(outcome())) {
            this.inc(reason === undefined ? { exporter: id } : { exporter: id, reason }, count)
          }
        }
      },
    })
  }
}
