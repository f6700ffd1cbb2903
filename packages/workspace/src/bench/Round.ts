/** A measurement of time: some work, and the number of spans that it handles. */

// model

export interface Round {
  readonly run: () => unknown
  /** Spans of one round. */
  readonly spans: number
}
