/**
 * Erlang's `erl_error:format_exception`: `exception error: ...`, then `in function` and `in call from` lines.
 *
 * Of a function clause that does not match, the newest call stands in the header with its arguments. The type that
 * OpenTelemetry sends is the class and the whole term: only the class is kept, since the rest differs each time.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import * as Beam from './libraries.ts'

// constructors

export const erlang: Parser = {
  platform: 'elixir',
  languages: ['erlang'],
  recognises: (stacktrace) => HEADER.test(stacktrace),
  parse: (source) => parse(source),
}

const HEADER = /^\s*(?:\*\* )?exception (error|exit|throw): ?/
const CALL = /^in (?:function|call from) +(?=\S)/
const PLACE = / \(([^()\s,]{1,1024}), line (\d{1,9})\)$/

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

/** `no function clause matching shop:charge(#{}) (shop.erl, line 19)` */
const clauseOf = (
  top: string,
): { readonly frame: StackFrame.StackFrame; readonly value: string } | undefined => {
  const matching = /no function clause matching\s+(?=\S)/.exec(top)
  const place = PLACE.exec(top)
  if (matching === null || place === null) return undefined
  const [frame] = frameOf(top.slice(matching.index + matching[0].length))
  return frame && { frame, value: top.slice(0, place.index) }
}

/** A call that is `m:f/2` or `m:f(a,b)`, or without a module where it is built in. */
const frameOf = (text: string): Array<StackFrame.StackFrame> => {
  const place = PLACE.exec(text)
  const name = place === null ? text : text.slice(0, place.index)
  const call = NAME.exec(name)
  if (call === null) return []
  const [, module, fun, arity] = call
  const args = name.slice(call[0].length)
  const isWhole = arity === undefined ? args.startsWith('(') && args.endsWith(')') : args === ''
  if (!isWhole) return []
  const held = module === undefined ? '' : `${module}:`
  const plain = module?.replace(/^'(.*)'$/, '$1')
  return [
    StackFrame.make({
      function: `${held}${fun}/${arity ?? Beam.arityOf(args)}`,
      module: plain,
      filename: place?.[1],
      lineno: SourceLocation.position(place?.[2]),
      in_app: plain !== undefined && !Beam.isOtp(plain),
    }),
  ]
}

const ATOM = String.raw`[a-z][\w@]{0,255}|'(?:[^'\\\n]|\\.){0,255}'`
const NAME = new RegExp(String.raw`^(?:(${ATOM}):)?(${ATOM})(?:/(\d{1,3}))?`)
