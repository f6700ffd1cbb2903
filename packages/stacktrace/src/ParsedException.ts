/** One exception that a parser found in the text of a stack trace. */
import type { StackFrame } from './StackFrame.ts'

// model

export interface ParsedException {
  /** The type in the text, or `exception.type` where the text has none. */
  readonly type: string
  readonly value: string
  /** The oldest call first, the call that threw last. */
  readonly frames: ReadonlyArray<StackFrame>
  /** The index of the exception that this one belongs to, in the same list; absent on the outermost exception. */
  readonly parent?: number
  /**
   * The relation to the parent, for Sentry's `mechanism.source`: `cause`, `__cause__`, `__context__`, `suppressed`,
   * `InnerException`, `InnerExceptions[1]`, `exceptions[0]`, `errors[0]`, `previous`, `source`, `exit`.
   */
  readonly relation?: string
}
