/** A measurement of time: some work, and the number of spans that it handles. */

// model

export interface Round {
  /** May give a promise, which is part of the work. */
  readonly run: () => unknown
  /** Spans of one round. */
  readonly spans: number
  /** The milliseconds that count in the round before, where not all of its time does. */
  readonly counted?: () => number
  /** Milliseconds of rounds until the code is compiled, if the default is too few. */
  readonly warmUpMillis?: number
  /** Ends what the rounds opened. */
  readonly close?: () => void
}
