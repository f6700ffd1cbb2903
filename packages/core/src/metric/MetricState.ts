/** The series of metrics between two calls. */

// model

export interface MetricState {
  /** The time from which on increases are known; `undefined`: that of the earliest point of the first call. */
  readonly sinceMillis: number | undefined
}

// constructors

export const empty = (sinceMillis: number | undefined): MetricState => ({ sinceMillis })

// folds

/** Merged points that wait for the end of their interval. */
export const waiting = (_state: MetricState): number => 0
