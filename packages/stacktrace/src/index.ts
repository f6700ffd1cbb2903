/** The text of a stack trace becomes frames: one parser for each language, pure. */

export * as ParsedException from './ParsedException.ts'
export * as Parser from './Parser.ts'
export { parsers } from './parsers.ts'
export * as StackFrame from './StackFrame.ts'
export * as StackTrace from './StackTrace.ts'
