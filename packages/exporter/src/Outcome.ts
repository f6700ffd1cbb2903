/**
 * What became of what was given to an exporter. A monoid: outcomes of several calls add up.
 *
 * Law: `spansIn` = spans delivered + dropped + waiting + the whole spans among `rejected`.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import * as Counts from './Counts.ts'

// model

export interface Outcome {
  /** Spans that came in, good or bad. */
  readonly spansIn: number
  /** What Sentry took. */
  readonly delivered: Counts.Counts
  /** What did not get into an envelope, or was mended on the way. */
  readonly rejected: Losses.Losses
  /** Envelopes that were not taken, in spans. */
  readonly dropped: Losses.Losses
  /** Envelopes that were not taken, in errors. */
  readonly droppedErrors: Losses.Losses
  /** Spans that are not sent yet. */
  readonly waiting: number
  /** How often an envelope was tried again, taken or not. */
  readonly retried: number
  /** What went wrong, one line each, each text once. */
  readonly problems: ReadonlyArray<string>
}

// constructors

export const empty: Outcome = {
  spansIn: 0,
  delivered: Counts.empty,
  rejected: Losses.empty,
  dropped: Losses.empty,
  droppedErrors: Losses.empty,
  waiting: 0,
  retried: 0,
  problems: [],
}

// combinators

export const concat = (a: Outcome, b: Outcome): Outcome => ({
  spansIn: a.spansIn + b.spansIn,
  delivered: Counts.concat(a.delivered, b.delivered),
  rejected: Losses.concat(a.rejected, b.rejected),
  dropped: Losses.concat(a.dropped, b.dropped),
  droppedErrors: Losses.concat(a.droppedErrors, b.droppedErrors),
  waiting: a.waiting + b.waiting,
  retried: a.retried + b.retried,
  problems: [...new Set([...a.problems, ...b.problems])].slice(0, MAX_PROBLEMS),
})

/** After this many different problems the rest is only counted. */
const MAX_PROBLEMS = 20

// destructors

/** `312 spans in, 9 transactions, 2 errors, nothing lost`. */
export const show = (outcome: Outcome): string => {
  const { transactions, errors } = outcome.delivered
  return [
    counted(outcome.spansIn, 'span', ' in'),
    counted(transactions, 'transaction'),
    counted(errors, 'error'),
    ...(outcome.waiting > 0 ? [`${outcome.waiting} waiting`] : []),
    ...(outcome.retried > 0 ? [`${outcome.retried} retried`] : []),
    Losses.show(Losses.concat(outcome.rejected, outcome.dropped)),
    ...Losses.entries(outcome.droppedErrors).map(
      ([reason, count]) => `${counted(count, 'error')} lost: ${reason}`,
    ),
    ...outcome.problems.slice(0, 1),
  ].join(', ')
}

const counted = (count: number, noun: string, after = ''): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}${after}`
