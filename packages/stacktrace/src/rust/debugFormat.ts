/**
 * A Rust backtrace as `{:?}` writes it, in one line or in many:
 * `Backtrace [{ fn: "shop::main", file: "./src/main.rs", line: 12 }, ...]`.
 *
 * Source: `Debug` of `std::backtrace::Backtrace`.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as RustFrame from './frame.ts'

// decoding

/** The frames in their own order, the throwing one first. One that a cut left without its end is none. */
export const parse = (text: string): ReadonlyArray<StackFrame> =>
  /\bBacktrace \[\s{0,16}\{ fn: "/.test(text)
    ? [...text.matchAll(FRAME)].flatMap(([, quoted = '', file, line]) => {
        const name = RustFrame.nameIn(unquoted(quoted))
        const place =
          file === undefined
            ? undefined
            : { filename: unquoted(file), lineno: Number(line ?? 0), colno: undefined }
        return name === undefined ? [] : [RustFrame.make(name, undefined, place)]
      })
    : []

const FRAME =
  /\{ fn: "((?:[^"\\]|\\.){1,4096})"(?:, file: "((?:[^"\\]|\\.){1,4096})")?(?:, line: (\d{1,9}))? \}/g

const unquoted = (text: string): string => text.replace(/\\(["'\\])/g, '$1')
