/** What is measured: some work, and for how many spans it is. */

// model

export interface Round {
  readonly run: () => unknown
  /** Spans of one round. */
  readonly spans: number
}
