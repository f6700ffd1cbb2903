/**
 * Stack traces of V8 (Node, Deno, Chrome) and of Bun, which prints like it; also the text of `util.inspect` with causes.
 *
 * `error.stack` has a header and frames, the newest first, and no cause. `util.inspect` adds `[cause]: Error: ...` and
 * `[errors]: [ ... ]`, indented, and leaves out lines that the cause has too.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import { cacheable, type Keep } from '../text/cacheable.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as ErrorName from './errorName.ts'
import * as UtilInspect from './utilInspect.ts'

// model

const WEB_FILE = /^(?:https?|chrome-extension|blob):/

/** An absolute or relative path, or a URL. Code without one of these is built into the runtime. */
const OWN_FILE = /^(?:\/|[A-Za-z]:[\\/]|\\\\|\.|[A-Za-z][A-Za-z0-9.+-]{0,30}:\/\/)/

// decoding

/** Reads the text below the header. */
type ReadBody = (body: string) => ReadonlyArray<ParsedException> | undefined

const parser = (
  toCall: UtilInspect.CallIn,
  keep: Keep,
): ((source: Source) => ReadonlyArray<ParsedException>) => {
  const readBody: ReadBody = keep((body) => frozen(UtilInspect.read(body, toCall)))
  return (source) => {
    const text = unwrap(source.stacktrace)
    const header = Header.read(text, source, (line) => toCall(line) !== undefined)
    const body = Message.condense(text.slice(header.end), source.message)
    const [first, ...others] = readBody(body) ?? []
    if (first === undefined) return others
    const { frames } = first
    return [
      { type: typeOf(source, header), value: source.message ?? header.value, frames },
      ...others,
    ]
  }
}

/** The same lists for all exceptions with this text. */
const frozen = (exceptions: ReadonlyArray<ParsedException>): ReadonlyArray<ParsedException> => {
  for (const exception of exceptions) {
    Object.freeze(exception.frames)
    Object.freeze(exception)
  }
  return exceptions
}

/** `util.inspect` writes `<ref *1> ` before an error that refers to itself, and `[Error: message]` for one without frames. */
const unwrap = (stacktrace: string): string => {
  const text = stacktrace.replace(/^<ref \*\d{1,9}> /, '')
  const close = text.startsWith('[') ? /\](?: \{)?[ \t]*$/m.exec(text) : null
  return close === null
    ? text
    : text.slice(1, close.index) + text.slice(close.index + close[0].length)
}

/** OpenTelemetry sends `error.code` as the type where there is one. The type in the text is better then. */
const typeOf = ({ type }: Source, header: Header.Header): string => {
  const written = header.type.replace(/ \[[^\]]*\]$/, '')
  if (type === undefined || type === '') return written
  return written === '' || /^[A-Z][\w$.]*[a-z]/.test(type) ? ErrorName.of(type) : written
}

const completeInBrowser = (frame: StackFrame): StackFrame =>
  Object.freeze({
    ...frame,
    in_app: frame.filename !== undefined && !/^(?:<anonymous>|native)$/.test(frame.filename),
  })

const completeOnServer = (frame: StackFrame): StackFrame => Object.freeze(withModule(frame))

const withModule = (frame: StackFrame): StackFrame => {
  const { filename } = frame
  if (filename === undefined) return { ...frame, in_app: false }
  const dependency = Math.max(
    filename.lastIndexOf('node_modules/'),
    filename.lastIndexOf('node_modules\\'),
  )
  if (dependency < 0) return { ...frame, in_app: OWN_FILE.test(filename) }
  const path = filename.slice(dependency + 'node_modules/'.length)
  return { ...frame, module: moduleOf(path), in_app: false }
}

/** `express/lib/router/layer.js` -> `express.lib.router:layer`, as Sentry's SDK names the modules of packages. */
const moduleOf = (path: string): string => {
  const names = path.replace(/\.[cm]?js$/, '').split(/[\\/]/)
  const file = names.pop() ?? ''
  return names.length === 0 ? file : `${names.join('.')}:${file}`
}

// instances

const SEPARATOR =
  /^\.\.\. \d+ lines matching cause|^at async Promise\.\w+ \(index \d+\)$|^\[errors\]: \[$/

/** A parser whose frames are found by `toCall`. */
type ParserOf = (toCall: UtilInspect.CallIn, keep: Keep) => Parser

const onServer: ParserOf = (toCall, keep) => ({
  platform: 'node',
  languages: Object.freeze(['nodejs']),
  separator: SEPARATOR,
  recognises: (stacktrace) => Lines.split(stacktrace).some((line) => toCall(line) !== undefined),
  parse: parser(toCall, keep),
})

const inBrowser: ParserOf = (toCall, keep) => ({
  platform: 'javascript',
  languages: Object.freeze(['webjs']),
  separator: SEPARATOR,
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => WEB_FILE.test(toCall(line)?.frame.filename ?? '')),
  parse: parser(toCall, keep),
})

/** Node, Deno and Bun. */
export const v8: Parser = /* @__PURE__ */ cacheable(
  /* @__PURE__ */ UtilInspect.callIn(completeOnServer),
  onServer,
)

/** Chrome and the browsers built on it. */
export const v8Browser: Parser = /* @__PURE__ */ cacheable(
  /* @__PURE__ */ UtilInspect.callIn(completeInBrowser),
  inBrowser,
)
