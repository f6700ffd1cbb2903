/** The books of an exporter: the outcome so far, and the spans and logs whose envelopes are being sent. */
import * as Outcome from './Outcome.ts'

// model

export interface ExporterState {
  /** Since the exporter was opened. */
  readonly total: Outcome.Outcome
  /** Spans of envelopes that are being sent. */
  readonly sendingSpans: number
  /** Logs of envelopes that are being sent. */
  readonly sendingLogs: number
  /** Envelopes in the queue, or being sent. */
  readonly sendingEnvelopes: number
  /** Whether it was shut down. */
  readonly isClosed: boolean
}

// constructors

export const empty: ExporterState = {
  total: Outcome.Monoid.empty,
  sendingSpans: 0,
  sendingLogs: 0,
  sendingEnvelopes: 0,
  isClosed: false,
}

// transformations

export const record =
  (outcome: Outcome.Outcome) =>
  (state: ExporterState): ExporterState => ({
    ...state,
    total: Outcome.Monoid.concat(state.total, outcome),
  })

/** Contents of envelopes that are being sent. */
export interface SendingContents {
  readonly spans: number
  readonly logs: number
  readonly envelopes: number
}

/** So much is being sent, more or less than before. */
export const sending =
  ({ spans, logs, envelopes }: SendingContents) =>
  (state: ExporterState): ExporterState => ({
    ...state,
    sendingSpans: state.sendingSpans + spans,
    sendingLogs: state.sendingLogs + logs,
    sendingEnvelopes: state.sendingEnvelopes + envelopes,
  })

export const close = (state: ExporterState): ExporterState => ({ ...state, isClosed: true })

// folds

/** The outcome of everything so far. `waitingSpans` wait for the rest of their trace, `waitingLogs` for other logs. */
export const outcome =
  (waitingSpans: number, waitingLogs: number) =>
  ({ total, sendingSpans, sendingLogs }: ExporterState): Outcome.Outcome => ({
    ...total,
    waiting: waitingSpans + sendingSpans,
    sending: sendingSpans,
    waitingLogs: waitingLogs + sendingLogs,
  })
