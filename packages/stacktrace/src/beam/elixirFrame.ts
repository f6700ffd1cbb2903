/** One line of an Elixir stack: `(shop 0.3.1) lib/shop.ex:8: Shop.Checkout.price/1`, the application and place optional. */
import * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import * as Beam from './libraries.ts'

// decoding

/** The frame of a line without its indentation. Arguments, which a failed clause is printed with, become their number. */
export const parse = (line: string): StackFrame.StackFrame | undefined => {
  const application = /^\(([a-z]\w{0,254})(?: [^()\s]{1,64})?\) /.exec(line)
  const rest = line.slice(application?.[0].length ?? 0)
  const place = /^([^"'(){}]{1,1024}?):(\d{1,9}): /.exec(rest)
  const call = callOf(rest.slice(place?.[0].length ?? 0), place !== null)
  if (call === undefined) return undefined
  const filename = place?.[1]
  return StackFrame.make({
    ...call,
    filename,
    lineno: SourceLocation.position(place?.[2]),
    in_app: isOwn(application?.[1], filename, call.module),
  })
}

const ALIAS = String.raw`[A-Z]\w{0,254}(?:\.[A-Z]\w{0,254}){0,30}`
const ATOM = String.raw`:[a-z_][\w@]{0,254}|:"[^"\n]{0,254}"`
const NAME = String.raw`"[^"\n]{0,400}"|[^\s"(/.]{1,254}|/|\.\.`
const CALL = new RegExp(String.raw`^(${ALIAS}|${ATOM})\.(${NAME})(/\d{1,3}$|\()`)

const callOf = (
  text: string,
  isPlaced: boolean,
): { readonly function: string; readonly module?: string } | undefined => {
  const inside = /^anonymous fn(?:\/\d{1,3}|\(.*\)) in (?=\S)/.exec(text)
  if (inside !== null) {
    const within = callOf(text.slice(inside[0].length), isPlaced)
    const fun = inside[0].slice('anonymous fn'.length, -' in '.length)
    return within && { ...within, function: `anonymous fn${arity(fun)} in ${within.function}` }
  }
  const call = CALL.exec(text)
  if (call?.[1] !== undefined) {
    const isNumbered = call[3] !== '('
    const args = text.slice(call[0].length - 1)
    if (!isNumbered && !args.endsWith(')')) return undefined
    const number = isNumbered ? call[3] : arity(args)
    return { function: `${call[1]}.${call[2]}${number}`, module: call[1].replace(/^:/, '') }
  }
  // Code that stands in no function.
  const body = /^(?:\((?:file|module)\)|([A-Z][\w.]{0,254}) \(module\))$/.exec(text)
  if (!isPlaced || body === null) return undefined
  return body[1] === undefined ? { function: text } : { function: text, module: body[1] }
}

const arity = (call: string): string => (call.startsWith('/') ? call : `/${Beam.arityOf(call)}`)

const isOwn = (
  application: string | undefined,
  file: string | undefined,
  module: string | undefined,
): boolean | undefined => {
  if (/(?:^|\/)deps\//.test(file ?? '')) return false
  if (application !== undefined) return !Beam.isLibrary(application)
  if (module !== undefined && Beam.isOtp(module)) return false
  return file === undefined ? undefined : true
}
