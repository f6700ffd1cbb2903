/** The outcome that the instrumentation recorded for a span. */

// model

export interface SpanStatus {
  /** A number if the sender used a code that the protocol does not define. */
  readonly code: 'UNSET' | 'OK' | 'ERROR' | number
  /** Empty if there is no message. */
  readonly message: string
}

// constructors

export const unset: SpanStatus = { code: 'UNSET', message: '' }
