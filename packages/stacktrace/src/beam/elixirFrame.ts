/** One line of an Elixir stack: `(shop 0.3.1) lib/shop.ex:8: Shop.Checkout.price/1`. Application and location are optional. */
import * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import { arityOf } from './arity.ts'
import * as Libraries from './libraries.ts'

// model

interface Callee {
  readonly function: string
  readonly module?: string
}

const ALIAS = String.raw`[A-Z]\w{0,254}(?:\.[A-Z]\w{0,254}){0,30}`
const ATOM = String.raw`:[a-z_][\w@]{0,254}|:"[^"\n]{0,254}"`
const NAME = String.raw`"[^"\n]{0,400}"|[^\s"(/.]{1,254}|/|\.\.`
const CALL = new RegExp(String.raw`^(${ALIAS}|${ATOM})\.(${NAME})(/\d{1,3}$|\()`)

// decoding

/** The frame of a line without its indentation. Arguments, which the call of a failed clause has, become the arity. */
export const parse = (line: string): StackFrame.StackFrame | undefined => {
  const application = /^\(([a-z]\w{0,254})(?: [^()\s]{1,64})?\) /.exec(line)
  const rest = line.slice(application?.[0].length ?? 0)
  const location = /^([^"'(){}]{1,1024}?):(\d{1,9}): /.exec(rest)
  const callee = calleeOf(rest.slice(location?.[0].length ?? 0), location !== null)
  if (callee === undefined) return undefined
  const filename = location?.[1]
  return StackFrame.make({
    ...callee,
    filename,
    lineno: SourceLocation.position(location?.[2]),
    in_app: isInApp(application?.[1], filename, callee.module),
  })
}

const calleeOf = (text: string, hasLocation: boolean): Callee | undefined => {
  const anonymous = /^anonymous fn(?:\/\d{1,3}|\(.*\)) in (?=\S)/.exec(text)
  if (anonymous !== null) {
    const outer = calleeOf(text.slice(anonymous[0].length), hasLocation)
    const fun = anonymous[0].slice('anonymous fn'.length, -' in '.length)
    return outer && { ...outer, function: `anonymous fn${slashArity(fun)} in ${outer.function}` }
  }
  const call = CALL.exec(text)
  if (call?.[1] !== undefined) {
    const hasArity = call[3] !== '('
    const args = text.slice(call[0].length - 1)
    if (!hasArity && !args.endsWith(')')) return undefined
    const arity = hasArity ? call[3] : slashArity(args)
    return { function: `${call[1]}.${call[2]}${arity}`, module: call[1].replace(/^:/, '') }
  }
  // Code outside of functions.
  const body = /^(?:\((?:file|module)\)|([A-Z][\w.]{0,254}) \(module\))$/.exec(text)
  if (!hasLocation || body === null) return undefined
  return body[1] === undefined ? { function: text } : { function: text, module: body[1] }
}

const slashArity = (call: string): string => (call.startsWith('/') ? call : `/${arityOf(call)}`)

const isInApp = (
  application: string | undefined,
  file: string | undefined,
  module: string | undefined,
): boolean | undefined => {
  if (/(?:^|\/)deps\//.test(file ?? '')) return false
  if (application !== undefined) return !Libraries.isLibrary(application)
  if (module !== undefined && Libraries.isOtp(module)) return false
  return file === undefined ? undefined : true
}
