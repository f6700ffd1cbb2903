/**
 * Reports to the user of an exporter what was sent or lost, as it happens: by the callback `onOutcome`, and as warnings. The
 * results of one synchronous step are reported together after it, so that a callback may use the exporter. A callback that throws or rejects
 * changes nothing.
 */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import * as LossWarnings from './LossWarnings.ts'
import * as Outcome from './Outcome.ts'
import type { ReportingConfig } from './ReportingOptions.ts'

// model

export interface OutcomeReports {
  readonly add: (outcome: Outcome.Outcome) => void
  /** Reports the losses that were not reported yet. */
  readonly finish: () => void
}

export interface OutcomeReportsWiring extends ReportingConfig {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Spans, logs and metrics that are not sent yet. */
  readonly waiting: () => Pick<
    Outcome.Outcome,
    'waiting' | 'sending' | 'waitingLogs' | 'waitingMetrics'
  >
}

// running

export const make = ({ onOutcome, warn, clock, waiting }: OutcomeReportsWiring): OutcomeReports => {
  let unreported = Outcome.Monoid.empty
  let warnings = LossWarnings.initial
  const nowMillis = stopwatch(clock)
  let isScheduled = false
  const next = ({ state, message }: LossWarnings.LossWarningStep): void => {
    warnings = state
    if (message !== undefined) call(warn, `sentry-exporter: ${message}`)
  }
  const report = (): void => {
    isScheduled = false
    if (!hasNews(unreported)) return
    const { waiting: waitingSpans, sending, waitingLogs, waitingMetrics } = waiting()
    const outcome = {
      ...unreported,
      waiting: waitingSpans,
      sending,
      waitingLogs,
      waitingMetrics,
    }
    unreported = Outcome.Monoid.empty
    call(onOutcome, outcome)
    next(LossWarnings.step(warnings, outcome, nowMillis()))
  }
  return {
    add: (outcome) => {
      unreported = Outcome.Monoid.concat(unreported, outcome)
      if (isScheduled) return
      isScheduled = true
      void Promise.resolve().then(report)
    },
    finish: () => {
      report()
      next(LossWarnings.finish(warnings, nowMillis()))
    },
  }
}

/** Whether something was sent, lost or repaired, or failed. Arrival alone is no news. */
const hasNews = ({
  delivered,
  rejected,
  dropped,
  droppedErrors,
  droppedLogs,
  droppedMetrics,
  problems,
}: Outcome.Outcome): boolean =>
  problems.length > 0 ||
  [delivered, rejected, dropped, droppedErrors, droppedLogs, droppedMetrics].some((counts) =>
    Object.values(counts).some((count) => count > 0),
  )

/** Calls a function of the user, which must not disturb the exporter: also if it is asynchronous. */
const call = <A>(callback: ((value: A) => unknown) | undefined, value: A): void => {
  try {
    void Promise.resolve(callback?.(value)).catch(() => undefined)
  } catch {
    // The user has no other place to report it to.
  }
}
