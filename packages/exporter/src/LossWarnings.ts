/**
 * The pure decision when losses are reported: the first one at once, later ones in sums, one message a minute. Data that was left out
 * on purpose (hooks, sampling, the ignore list) and repairs are not reported.
 *
 * Law: the messages contain each loss once.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import * as Outcome from './Outcome.ts'

// model

export interface LossWarnings {
  /** Losses that are not reported yet. */
  readonly unreported: Outcome.Outcome
  /** The time of the last message; `undefined` before the first. */
  readonly reportedMillis: number | undefined
}

export interface LossWarningStep {
  readonly state: LossWarnings
  readonly message: string | undefined
}

// constructors

export const initial: LossWarnings = { unreported: Outcome.Monoid.empty, reportedMillis: undefined }

const INTERVAL_MILLIS = 60_000

// transformations

/** Something was sent or lost. */
export const step = (
  { unreported, reportedMillis }: LossWarnings,
  outcome: Outcome.Outcome,
  nowMillis: number,
): LossWarningStep => {
  const all = Outcome.Monoid.concat(unreported, lossesOf(outcome))
  const sinceMillis = reportedMillis === undefined ? INTERVAL_MILLIS : nowMillis - reportedMillis
  const isDue = sinceMillis >= INTERVAL_MILLIS
  return isDue
    ? report(all, nowMillis, reportedMillis)
    : { state: { unreported: all, reportedMillis }, message: undefined }
}

/** Reports the rest, at the end. */
export const finish = (
  { unreported, reportedMillis }: LossWarnings,
  nowMillis: number,
): LossWarningStep => report(unreported, nowMillis, reportedMillis)

const report = (
  unreported: Outcome.Outcome,
  nowMillis: number,
  reportedMillis: number | undefined,
): LossWarningStep => {
  const message = messageOf(unreported)
  return message === undefined
    ? { state: { unreported, reportedMillis }, message }
    : { state: { unreported: Outcome.Monoid.empty, reportedMillis: nowMillis }, message }
}

/** Losses before there was an envelope that nobody asked for. */
const UNINTENDED: ReadonlyArray<Losses.LossReason> = [
  'hook_failed',
  'hook_failed_error',
  'hook_failed_log',
  'hook_failed_metric',
  'invalid',
  'invalid_metric',
  'invalid_record',
  'metric_series',
]

const lossesOf = ({
  rejected,
  dropped,
  droppedErrors,
  droppedLogs,
  droppedMetrics,
  problems,
}: Outcome.Outcome): Outcome.Outcome => ({
  ...Outcome.Monoid.empty,
  rejected: Losses.concatAll(UNINTENDED.map((reason) => Losses.of(reason, rejected[reason] ?? 0))),
  dropped,
  droppedErrors,
  droppedLogs,
  droppedMetrics,
  problems,
})

// encoding

/** `lost 3 spans (network_error 3), 1 error (network_error 1): could not reach Sentry: ECONNREFUSED`. */
const messageOf = ({
  rejected,
  dropped,
  droppedErrors,
  droppedLogs,
  droppedMetrics,
  problems,
}: Outcome.Outcome): string | undefined => {
  const only = (...reasons: ReadonlyArray<Losses.LossReason>): Losses.Losses =>
    Losses.concatAll(reasons.map((reason) => Losses.of(reason, rejected[reason] ?? 0)))
  const lost = [
    counted('span', Losses.concat(only('hook_failed', 'invalid'), dropped)),
    counted('error', Losses.concat(only('hook_failed_error'), droppedErrors)),
    counted('log', Losses.concat(only('hook_failed_log'), droppedLogs)),
    counted('log record', only('invalid_record')),
    counted('metric', Losses.concat(only('hook_failed_metric'), droppedMetrics)),
    counted('metric point', only('invalid_metric', 'metric_series')),
  ].filter((part) => part !== undefined)
  if (lost.length === 0 && problems.length === 0) return undefined
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const what = lost.length === 0 ? [] : [`lost ${lost.join(', ')}`]
  return [...what, ...(first === undefined ? [] : [`${first}${more}`])].join(': ')
}

const counted = (noun: string, losses: Losses.Losses): string | undefined => {
  const entries = Losses.entries(losses)
  if (entries.length === 0) return undefined
  const count = entries.reduce((sum, [, quantity]) => sum + quantity, 0)
  const reasons = entries.map(([reason, quantity]) => `${reason} ${quantity}`).join(', ')
  return `${count} ${noun}${count === 1 ? '' : 's'} (${reasons})`
}
