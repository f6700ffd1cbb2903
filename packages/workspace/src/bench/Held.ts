/** A measurement of memory for each span that is held. */

// model

export interface Held {
  /** Bytes for each span, after garbage collection. */
  readonly weigh: () => number
}
