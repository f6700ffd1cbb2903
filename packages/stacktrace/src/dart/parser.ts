/**
 * Stack traces of Dart and Flutter, the newest call first: `#0      Cart.total (package:shop/cart.dart:12:7)`, or
 * `package:shop/cart.dart 12:7  Cart.total` as the package `stack_trace` writes them.
 *
 * Source: `StackTrace.toString` of the Dart VM, `Trace.toString` of dart-lang/tools.
 */
import type { Parser } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import { lineParser } from '../text/lineParser.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// model

/** In characters. */
const MAX_LINE = 4096

const START = /^#\d{1,5} +(?=\S)/

const PLACE = /^((?:package|dart|file|https?):.*?)(?::(\d{1,9}))?(?::(\d{1,9}))?$/

const TERSE =
  /^((?:package|dart|file|https?):\S{1,4096}|[\w./\\-]{1,4096}\.dart) (\d{1,9})(?::(\d{1,9}))? {2,}(\S.{0,1023})$/

const LIBRARY =
  /^(?:dart:|package:(?:flutter|flutter_test|async|stack_trace|http|dio|test|test_api|riverpod|bloc|sentry|opentelemetry)\/)/

// decoding

const parseLine = (line: string): StackFrame.StackFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE) return undefined
  const start = START.exec(text)?.[0].length ?? text.length
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1
  const called = text.slice(start, open)
  const [, file, row, column] =
    (open > start ? PLACE.exec(text.slice(open + 2, -1)) : undefined) ?? []
  const [, path = file, lineno = row, colno = column, name = file && called] =
    TERSE.exec(text) ?? []
  if (path === undefined || name === undefined) return undefined
  return StackFrame.make({
    function: name.replaceAll('<anonymous closure>', '<fn>'),
    filename: path.slice(path.lastIndexOf('/') + 1),
    abs_path: path,
    lineno: SourceLocation.position(lineno),
    colno: SourceLocation.position(colno),
    in_app: !LIBRARY.test(path),
  })
}

// instances

const SEPARATOR = /^<asynchronous suspension>$|^=+ asynchronous gap =*$/

export const dart: Parser = /* @__PURE__ */ lineParser(
  { platform: 'other', languages: /* @__PURE__ */ Object.freeze(['dart']), separator: SEPARATOR },
  parseLine,
)
