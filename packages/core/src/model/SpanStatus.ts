/** The outcome that the instrumentation recorded for a span. */
import { frozen } from '../internal/frozen.ts'

// model

export interface SpanStatus {
  /** A number if the sender used a code that the protocol does not define. */
  readonly code: 'UNSET' | 'OK' | 'ERROR' | number
  /** Empty if there is no message. */
  readonly message: string
}

// constructors

export const unset: SpanStatus = /* @__PURE__ */ frozen({ code: 'UNSET', message: '' })
