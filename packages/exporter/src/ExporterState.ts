/** The books of an exporter: the outcome so far, and the contents of the envelopes that are being sent. */
import type * as Counts from './Counts.ts'
import * as Outcome from './Outcome.ts'

// model

export interface ExporterState {
  /** Since the exporter was opened. */
  readonly total: Outcome.Outcome
  /** The contents of envelopes that are being sent. */
  readonly sending: Contents
  /** Envelopes in the queue, or being sent. */
  readonly sendingEnvelopes: number
  /** Whether it was shut down. */
  readonly isClosed: boolean
}

/** Spans, logs and metrics. */
export type Contents = Pick<Counts.Counts, 'spans' | 'logs' | 'metrics'>

// constructors

export const empty: ExporterState = {
  total: Outcome.Monoid.empty,
  sending: { spans: 0, logs: 0, metrics: 0 },
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

/** An envelope is being sent. */
export const send: (contents: Contents) => (state: ExporterState) => ExporterState = (contents) =>
  change(contents, 1)

/** It was delivered or lost. */
export const settle: typeof send = (contents) => change(contents, -1)

const change =
  ({ spans, logs, metrics }: Contents, envelopes: 1 | -1) =>
  (state: ExporterState): ExporterState => ({
    ...state,
    sending: {
      spans: state.sending.spans + envelopes * spans,
      logs: state.sending.logs + envelopes * logs,
      metrics: state.sending.metrics + envelopes * metrics,
    },
    sendingEnvelopes: state.sendingEnvelopes + envelopes,
  })

export const close = (state: ExporterState): ExporterState => ({ ...state, isClosed: true })

// folds

/** The outcome of everything so far. `waiting` has the spans that wait for their trace, and the logs and metrics for others. */
export const outcome =
  (waiting: Contents) =>
  ({ total, sending }: ExporterState): Outcome.Outcome => ({
    ...total,
    waiting: waiting.spans + sending.spans,
    sending: sending.spans,
    waitingLogs: waiting.logs + sending.logs,
    waitingMetrics: waiting.metrics + sending.metrics,
  })
