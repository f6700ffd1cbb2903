/** What is held: how much memory that takes for each span. */

// model

export interface Held {
  /** Bytes for each span, once all garbage is gone. */
  readonly weigh: () => number
}
