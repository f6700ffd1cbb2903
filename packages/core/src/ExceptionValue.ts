/**
 * One entry of `exception.values` as Sentry takes it.
 *
 * Source: `relay-event-schema/src/protocol/exception.rs` and `mechanism.rs` of getsentry/relay.
 */
import type { StackFrame } from './StackFrame.ts'

// model

export interface ExceptionValue {
  readonly type: string
  readonly value: string
  /** The oldest call first; absent where no frame is known. */
  readonly stacktrace?: { readonly frames: ReadonlyArray<StackFrame> }
  readonly mechanism: Mechanism
}

export interface Mechanism {
  /** `generic` for what was thrown, `chained` for what caused it, `suppressed` for what came up while closing. */
  readonly type: string
  /** Whether the program caught it; absent where that cannot be told. */
  readonly handled?: boolean
  /** What it is to its parent: `cause`, `__context__`, `exceptions[0]`, ... */
  readonly source?: string
  /** 0 for what was thrown, then counted away from it; absent where there is no chain. */
  readonly exception_id?: number
  readonly parent_id?: number
  /** Whether it holds several exceptions that came up side by side. */
  readonly is_exception_group?: true
}
