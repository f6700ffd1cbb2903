/**
 * A Rust backtrace as `{:?}` writes it, in one line or in many:
 * `Backtrace [{ fn: "shop::main", file: "./src/main.rs", line: 12 }, ...]`.
 *
 * Source: `Debug` of `std::backtrace::Backtrace`.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as RustFrame from './frame.ts'

// model

const FRAME =
  /\{ fn: "((?:[^"\\]|\\.){1,4096})"(?:, file: "((?:[^"\\]|\\.){1,4096})")?(?:, line: (\d{1,9}))? \}/g

// decoding

/** The frames in the order of the text, the call that threw first, without one whose end was cut off. */
export const parse = (text: string): ReadonlyArray<StackFrame> =>
  /\bBacktrace \[\s{0,16}\{ fn: "/.test(text)
    ? [...text.matchAll(FRAME)].flatMap(([, quoted = '', file, line]) => {
        const name = RustFrame.nameIn(unquoted(quoted))
        const location =
          file === undefined
            ? undefined
            : { filename: unquoted(file), lineno: Number(line ?? 0), colno: undefined }
        return name === undefined ? [] : [RustFrame.make(name, undefined, location)]
      })
    : []

const unquoted = (text: string): string => text.replace(/\\(["'\\])/g, '$1')
