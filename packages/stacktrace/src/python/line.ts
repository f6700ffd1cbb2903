/** The lines of a Python traceback: `File "/srv/main.py", line 8, in attempt`, and the final line `Type: message`. */
import * as StackFrame from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// model

/** The standard library, installed packages, and modules that are frozen into the interpreter. */
const LIBRARY =
  /^<frozen |[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python\d|\\Python\d+\\Lib\\/i

// guards

/** Whether a line can end a block: a type, with or without a message behind a colon. */
export const isFinal = (text: string): boolean => {
  const colon = text.indexOf(':')
  return /^[A-Za-z_]/.test(text) && Header.isType(colon < 0 ? text : text.slice(0, colon))
}

// decoding

/** The frame of a `File` line without its indentation. The location of a `SyntaxError` has no function. */
export const parse = (text: string): StackFrame.StackFrame | undefined => {
  const call = /^File "(.*)", line (\d{1,9})(?:, in (.*))?$/.exec(text)
  if (call?.[1] === undefined) return undefined
  return StackFrame.make({
    function: call[3],
    filename: call[1],
    lineno: SourceLocation.position(call[2]),
    in_app: !LIBRARY.test(call[1]),
  })
}

/** Divides `Type: message`. */
export const split = (final: string): { readonly type: string; readonly value: string } => {
  const colon = final.indexOf(':')
  const type = colon < 0 ? final : final.slice(0, colon)
  if (!Header.isType(type)) return { type: '', value: final }
  return { type, value: colon < 0 ? '' : final.slice(colon + 1).replace(/^ /, '') }
}
