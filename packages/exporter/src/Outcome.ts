/**
 * The outcome of exports: delivered, lost, and waiting data. Outcomes of several calls add up.
 *
 * Laws: `spansIn` = spans delivered + dropped + waiting + the whole spans among `rejected`; `logsIn` = logs delivered +
 * `droppedLogs` + `waitingLogs` + the whole logs among `rejected`; the metrics that were made = metrics delivered +
 * `droppedMetrics` + `waitingMetrics`. A point makes no metric, one or several, so that there is no such law for `metricsIn`.
 *
 * @example
 * ```ts
 * import { Outcome } from '@sentry-exporter/exporter'
 *
 * const { concat, empty } = Outcome.Monoid
 * const delivered = { transactions: 2, spans: 9, errors: 1, logs: 0, metrics: 0 }
 * console.log(Outcome.show(concat(empty, { ...empty, spansIn: 9, delivered }))) // 9 spans in, 2 transactions, 1 error, nothing lost
 * ```
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type * as M from '#fp-ts/Monoid'
import * as Counts from './Counts.ts'

// model

export interface Outcome {
  /** Spans that came in, valid or not. */
  readonly spansIn: number
  /** Log records that came in to be sent as logs, valid or not. */
  readonly logsIn: number
  /** Points of metrics that came in to be sent, valid or not. */
  readonly metricsIn: number
  /** The contents of the envelopes that Sentry accepted. */
  readonly delivered: Counts.Counts
  /** Losses before there was an envelope, and repairs. */
  readonly rejected: Losses.Losses
  /** Spans of the envelopes that were not accepted. */
  readonly dropped: Losses.Losses
  /** Errors of the envelopes that were not accepted. */
  readonly droppedErrors: Losses.Losses
  /** Logs of the envelopes that were not accepted. */
  readonly droppedLogs: Losses.Losses
  /** Metrics of the envelopes that were not accepted; and points that came after the shutdown. */
  readonly droppedMetrics: Losses.Losses
  /** Spans that are not sent yet: they wait for their trace, in the queue, or for an answer. */
  readonly waiting: number
  /** Those of `waiting` that are in envelopes: in the queue, or being sent. */
  readonly sending: number
  /** Logs that are not sent yet: they wait for others, in the queue, or for an answer. */
  readonly waitingLogs: number
  /** Metrics that are not sent yet: they wait for others, for the end of their interval, in the queue, or for an answer. */
  readonly waitingMetrics: number
  /** Retries of envelopes, whether accepted in the end or not. */
  readonly retried: number
  /** Failures, one line each, each text once. */
  readonly problems: ReadonlyArray<string>
}

// encoding

/**
 * `312 spans in, 9 transactions, 2 errors, nothing lost`; with logs and metrics `312 spans, 40 logs and 7 metric points in,
 * 9 transactions, 2 errors, 40 logs, 7 metrics, ...`.
 */
export const show = (outcome: Outcome): string => {
  const { logsIn, metricsIn, spansIn, waitingLogs, waitingMetrics } = outcome
  const { transactions, errors, logs, metrics } = outcome.delivered
  const others = [
    ...(logsIn > 0 ? [counted(logsIn, 'log')] : []),
    ...(metricsIn > 0 ? [counted(metricsIn, 'metric point')] : []),
  ]
  return [
    `${listed([counted(spansIn, 'span'), ...others])} in`,
    counted(transactions, 'transaction'),
    counted(errors, 'error'),
    ...(logsIn > 0 ? [counted(logs, 'log')] : []),
    ...(metricsIn > 0 ? [counted(metrics, 'metric')] : []),
    ...(outcome.waiting > 0 ? [`${outcome.waiting} waiting`] : []),
    ...(waitingLogs > 0 ? [`${counted(waitingLogs, 'log')} waiting`] : []),
    ...(waitingMetrics > 0 ? [`${counted(waitingMetrics, 'metric')} waiting`] : []),
    ...(outcome.retried > 0 ? [`${outcome.retried} retried`] : []),
    ...lossesOf(outcome),
    ...outcome.problems.slice(0, 1),
  ].join(', ')
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (parts: ReadonlyArray<string>): string =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ')

/** `nothing lost` alone, or the losses of spans, errors, logs and metrics. */
const lossesOf = (outcome: Outcome): ReadonlyArray<string> => {
  const lost = (noun: string, dropped: Losses.Losses): ReadonlyArray<string> =>
    Losses.entries(dropped).map(([reason, count]) => `${counted(count, noun)} lost: ${reason}`)
  const others = [
    ...lost('error', outcome.droppedErrors),
    ...lost('log', outcome.droppedLogs),
    ...lost('metric', outcome.droppedMetrics),
  ]
  const first = Losses.show(Losses.concat(outcome.rejected, outcome.dropped))
  return others.length > 0 && first === Losses.show(Losses.empty) ? others : [first, ...others]
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

// instances

/** The other problems are only counted. */
const MAX_PROBLEMS = 20

export const Monoid: M.Monoid<Outcome> = {
  empty: {
    spansIn: 0,
    logsIn: 0,
    metricsIn: 0,
    delivered: Counts.Monoid.empty,
    rejected: Losses.empty,
    dropped: Losses.empty,
    droppedErrors: Losses.empty,
    droppedLogs: Losses.empty,
    droppedMetrics: Losses.empty,
    waiting: 0,
    sending: 0,
    waitingLogs: 0,
    waitingMetrics: 0,
    retried: 0,
    problems: [],
  },
  concat: (a, b) => ({
    spansIn: a.spansIn + b.spansIn,
    logsIn: a.logsIn + b.logsIn,
    metricsIn: a.metricsIn + b.metricsIn,
    delivered: Counts.Monoid.concat(a.delivered, b.delivered),
    rejected: Losses.concat(a.rejected, b.rejected),
    dropped: Losses.concat(a.dropped, b.dropped),
    droppedErrors: Losses.concat(a.droppedErrors, b.droppedErrors),
    droppedLogs: Losses.concat(a.droppedLogs, b.droppedLogs),
    droppedMetrics: Losses.concat(a.droppedMetrics, b.droppedMetrics),
    waiting: a.waiting + b.waiting,
    sending: a.sending + b.sending,
    waitingLogs: a.waitingLogs + b.waitingLogs,
    waitingMetrics: a.waitingMetrics + b.waitingMetrics,
    retried: a.retried + b.retried,
    problems: [...new Set([...a.problems, ...b.problems])].slice(0, MAX_PROBLEMS),
  }),
}
