/** What a span says of its own outcome. */

// model

export interface SpanStatus {
  /** A number where the sender used a code that the protocol does not name. */
  readonly code: 'UNSET' | 'OK' | 'ERROR' | number
  /** Empty where there is none. */
  readonly message: string
}

// constructors

export const unset: SpanStatus = { code: 'UNSET', message: '' }
