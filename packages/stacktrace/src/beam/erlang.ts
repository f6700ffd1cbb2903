/**
 * Erlang's `erl_error:format_exception`: `exception error: ...`, then lines `in function` and `in call from`.
 *
 * If no function clause matches, the header has the newest call with its arguments. The type that OpenTelemetry sends is the
 * class and the whole term; only the class is kept, because the term differs each time.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import { arityOf } from './arity.ts'
import * as Libraries from './libraries.ts'

// model

interface FailedClause {
  readonly frame: StackFrame.StackFrame
  readonly value: string
}

const HEADER = /^\s*(?:\*\* )?exception (error|exit|throw): ?/
const CALL = /^in (?:function|call from) +(?=\S)/
const LOCATION = / \(([^()\s,]{1,1024}), line (\d{1,9})\)$/
const ATOM = String.raw`[a-z][\w@]{0,255}|'(?:[^'\\\n]|\\.){0,255}'`
const NAME = new RegExp(String.raw`^(?:(${ATOM}):)?(${ATOM})(?:/(\d{1,3}))?`)

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const header = HEADER.exec(source.stacktrace)
  const lines = Lines.split(source.stacktrace.slice(header?.[0].length ?? 0))
  const first = lines.findIndex((line) => CALL.test(line.trim()))
  const top = header === null ? '' : lines.slice(0, first < 0 ? undefined : first).join('\n')
  const calls = lines.slice(Math.max(first, 0)).flatMap((line) => {
    const call = CALL.exec(line.trim())
    return call === null ? [] : frameOf(line.trim().slice(call[0].length))
  })
  const clause = clauseOf(top.trimEnd())
  const frames = [...(clause === undefined ? [] : [clause.frame]), ...calls].reverse()
  const type = header?.[1] ?? source.type?.split(':', 1)[0] ?? ''
  return [{ type, value: source.message || (clause?.value ?? top.trim()), frames }]
}

/** Reads `no function clause matching shop:charge(#{}) (shop.erl, line 19)`. */
const clauseOf = (top: string): FailedClause | undefined => {
  const matching = /no function clause matching\s+(?=\S)/.exec(top)
  const location = LOCATION.exec(top)
  if (matching === null || location === null) return undefined
  const [frame] = frameOf(top.slice(matching.index + matching[0].length))
  return frame && { frame, value: top.slice(0, location.index) }
}

/** Reads a call `m:f/2` or `m:f(a,b)`; a built-in function has no module. */
const frameOf = (text: string): Array<StackFrame.StackFrame> => {
  const location = LOCATION.exec(text)
  const name = location === null ? text : text.slice(0, location.index)
  const call = NAME.exec(name)
  if (call === null) return []
  const [, module, fun, arity] = call
  const args = name.slice(call[0].length)
  const isWhole = arity === undefined ? args.startsWith('(') && args.endsWith(')') : args === ''
  if (!isWhole) return []
  const prefix = module === undefined ? '' : `${module}:`
  const unquoted = module?.replace(/^'(.*)'$/, '$1')
  return [
    StackFrame.make({
      function: `${prefix}${fun}/${arity ?? arityOf(args)}`,
      module: unquoted,
      filename: location?.[1],
      lineno: SourceLocation.position(location?.[2]),
      in_app: unquoted !== undefined && !Libraries.isOtp(unquoted),
    }),
  ]
}

// instances

export const erlang: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'elixir',
  languages: /* @__PURE__ */ Object.freeze(['erlang']),
  recognises: (stacktrace) => HEADER.test(stacktrace),
  parse,
})
