export * as ExceptionValue from './ExceptionValue.ts'
export * as ParsedException from './ParsedException.ts'
export * as StackFrame from './StackFrame.ts'
export * as StackTrace from './StackTrace.ts'
