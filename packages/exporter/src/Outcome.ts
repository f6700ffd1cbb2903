/**
 * The outcome of exports: delivered, lost, and waiting data. Outcomes of several calls add up.
 *
 * Laws: `spansIn` = spans delivered + dropped + waiting + the whole spans among `rejected`; `logsIn` = logs delivered +
 * `droppedLogs` + `waitingLogs` + the whole logs among `rejected`.
 *
 * @example
 * ```ts
 * import { Outcome } from '@sentry-exporter/exporter'
 *
 * const { concat, empty } = Outcome.Monoid
 * const delivered = { transactions: 2, spans: 9, errors: 1, logs: 0 }
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
  /** Spans that are not sent yet: they wait for their trace, in the queue, or for an answer. */
  readonly waiting: number
  /** Those of `waiting` that are in envelopes: in the queue, or being sent. */
  readonly sending: number
  /** Logs that are not sent yet: they wait for others, in the queue, or for an answer. */
  readonly waitingLogs: number
  /** Retries of envelopes, whether accepted in the end or not. */
  readonly retried: number
  /** Failures, one line each, each text once. */
  readonly problems: ReadonlyArray<string>
}

// encoding

/** `312 spans in, 9 transactions, 2 errors, nothing lost`; with logs `312 spans and 40 logs in, 9 transactions, 2 errors, 40 logs, ...`. */
export const show = (outcome: Outcome): string => {
  const { transactions, errors, logs } = outcome.delivered
  const hasLogs = outcome.logsIn > 0
  return [
    hasLogs
      ? `${counted(outcome.spansIn, 'span')} and ${counted(outcome.logsIn, 'log')} in`
      : counted(outcome.spansIn, 'span', ' in'),
    counted(transactions, 'transaction'),
    counted(errors, 'error'),
    ...(hasLogs ? [counted(logs, 'log')] : []),
    ...(outcome.waiting > 0 ? [`${outcome.waiting} waiting`] : []),
    ...(outcome.waitingLogs > 0 ? [`${counted(outcome.waitingLogs, 'log')} waiting`] : []),
    ...(outcome.retried > 0 ? [`${outcome.retried} retried`] : []),
    ...lossesOf(outcome),
    ...outcome.problems.slice(0, 1),
  ].join(', ')
}

/** `nothing lost` alone, or the losses of spans, errors and logs. */
const lossesOf = (outcome: Outcome): ReadonlyArray<string> => {
  const others = [
    ...Losses.entries(outcome.droppedErrors).map(
      ([reason, count]) => `${counted(count, 'error')} lost: ${reason}`,
    ),
    ...Losses.entries(outcome.droppedLogs).map(
      ([reason, count]) => `${counted(count, 'log')} lost: ${reason}`,
    ),
  ]
  const first = Losses.show(Losses.concat(outcome.rejected, outcome.dropped))
  return others.length > 0 && first === Losses.show(Losses.empty) ? others : [first, ...others]
}

const counted = (count: number, noun: string, after = ''): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}${after}`

// instances

/** The other problems are only counted. */
const MAX_PROBLEMS = 20

export const Monoid: M.Monoid<Outcome> = {
  empty: {
    spansIn: 0,
    logsIn: 0,
    delivered: Counts.Monoid.empty,
    rejected: Losses.empty,
    dropped: Losses.empty,
    droppedErrors: Losses.empty,
    droppedLogs: Losses.empty,
    waiting: 0,
    sending: 0,
    waitingLogs: 0,
    retried: 0,
    problems: [],
  },
  concat: (a, b) => ({
    spansIn: a.spansIn + b.spansIn,
    logsIn: a.logsIn + b.logsIn,
    delivered: Counts.Monoid.concat(a.delivered, b.delivered),
    rejected: Losses.concat(a.rejected, b.rejected),
    dropped: Losses.concat(a.dropped, b.dropped),
    droppedErrors: Losses.concat(a.droppedErrors, b.droppedErrors),
    droppedLogs: Losses.concat(a.droppedLogs, b.droppedLogs),
    waiting: a.waiting + b.waiting,
    sending: a.sending + b.sending,
    waitingLogs: a.waitingLogs + b.waitingLogs,
    retried: a.retried + b.retried,
    problems: [...new Set([...a.problems, ...b.problems])].slice(0, MAX_PROBLEMS),
  }),
}
