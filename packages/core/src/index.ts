export * as ParsedException from './ParsedException.ts'
export * as StackFrame from './StackFrame.ts'
