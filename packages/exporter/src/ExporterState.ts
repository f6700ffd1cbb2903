/** The books of an exporter: the outcome so far, and the spans whose envelopes are being sent. */
import * as Outcome from './Outcome.ts'

// model

export interface ExporterState {
  /** Since the exporter was opened. */
  readonly total: Outcome.Outcome
  /** Spans of envelopes that are being sent. */
  readonly sendingSpans: number
  /** Envelopes in the queue, or being sent. */
  readonly sendingEnvelopes: number
  /** Whether it was shut down. */
  readonly isClosed: boolean
}

// constructors

export const empty: ExporterState = {
  total: Outcome.Monoid.empty,
  sendingSpans: 0,
  sendingEnvelopes: 0,
  isClosed: false,
}

// transformations

export const record =
  (outcome: Outcome.Outcome) =>
  ({ total, sendingSpans, sendingEnvelopes, isClosed }: ExporterState): ExporterState => ({
    total: Outcome.Monoid.concat(total, outcome),
    sendingSpans,
    sendingEnvelopes,
    isClosed,
  })

/** So many envelopes, with so many spans, are being sent, more or fewer than before. */
export const sending =
  (spans: number, envelopes: number) =>
  ({ total, sendingSpans, sendingEnvelopes, isClosed }: ExporterState): ExporterState => ({
    total,
    sendingSpans: sendingSpans + spans,
    sendingEnvelopes: sendingEnvelopes + envelopes,
    isClosed,
  })

export const close = (state: ExporterState): ExporterState => ({ ...state, isClosed: true })

// folds

/** The outcome of everything so far. `waitingSpans` wait for the rest of their trace. */
export const outcome =
  (waitingSpans: number) =>
  ({ total, sendingSpans }: ExporterState): Outcome.Outcome => ({
    ...total,
    waiting: waitingSpans + sendingSpans,
    sending: sendingSpans,
  })
