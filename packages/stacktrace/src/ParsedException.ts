/** One exception read out of the text of a stack trace: itself, or one in the chain below it. */
import type { StackFrame } from './StackFrame.ts'

// model

export interface ParsedException {
  /** The type as the text has it, or as `exception.type` says where the text has none. */
  readonly type: string
  readonly value: string
  /** The oldest call first, the throwing one last. */
  readonly frames: ReadonlyArray<StackFrame>
  /** The place of the exception it belongs to, in the list it stands in; absent on the outermost. */
  readonly parent?: number
  /**
   * What it is to its parent, for Sentry's `mechanism.source`: `cause`, `__cause__`, `__context__`, `suppressed`,
   * `InnerException`, `InnerExceptions[1]`, `exceptions[0]`, `previous`, `source`, `exit`.
   */
  readonly relation?: string
}
