/**
 * Stack traces of V8 (Node, Deno, Chrome) and of Bun, which prints like it; `util.inspect` text with its causes too.
 *
 * `error.stack` is a header and frames, the newest first, and never holds a cause. `util.inspect` adds
 * `[cause]: Error: ...` and `[errors]: [ ... ]`, indented, and leaves out lines that the cause has as well.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as Inspect from './utilInspect.ts'

// constructors

/** Node, Deno and Bun. */
export const v8: Parser = {
  platform: 'node',
  languages: ['nodejs'],
  recognises: (stacktrace) => Lines.split(stacktrace).some(isFrame),
  parse: (source) => parse(source, onServer),
}

/** Chrome and what is built on it. */
export const v8Browser: Parser = {
  platform: 'javascript',
  languages: ['webjs'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => WEB_FILE.test(Inspect.frameOf(line)?.filename ?? '')),
  parse: (source) => parse(source, inBrowser),
}

const WEB_FILE = /^(?:https?|chrome-extension|blob):/

const isFrame = (line: string): boolean => Inspect.frameOf(line) !== undefined

const parse = (
  source: Source,
  locate: (frame: StackFrame) => StackFrame,
): ReadonlyArray<ParsedException> => {
  const text = unwrap(source.stacktrace)
  const header = Header.read(text, source, isFrame)
  const rest = Message.condense(text.slice(header.end), source.message)
  return Inspect.read(rest).map((exception, at) => ({
    ...exception,
    ...(at === 0 ? { type: typeOf(source, header), value: source.message ?? header.value } : {}),
    frames: exception.frames.map(locate),
  }))
}

/** `util.inspect` writes `<ref *1> ` before an error that holds itself, and `[Error: message]` where it has no frames. */
const unwrap = (stacktrace: string): string => {
  const text = stacktrace.replace(/^<ref \*\d{1,9}> /, '')
  const close = text.startsWith('[') ? /\](?: \{)?[ \t]*$/m.exec(text) : null
  return close === null
    ? text
    : text.slice(1, close.index) + text.slice(close.index + close[0].length)
}

/** OpenTelemetry sends `error.code` for the type where there is one: then the text knows better. */
const typeOf = ({ type }: Source, header: Header.Header): string => {
  const written = header.type.replace(/ \[[^\]]*\]$/, '')
  if (type === undefined || type === '') return written
  return written === '' || /^[A-Z][\w$.]*[a-z]/.test(type) ? type : written
}

const inBrowser = (frame: StackFrame): StackFrame => ({
  ...frame,
  in_app: frame.filename !== undefined && !/^(?:<anonymous>|native)$/.test(frame.filename),
})

const onServer = (frame: StackFrame): StackFrame => {
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

/** Absolute, relative, or a URL; what has none of these is built into the runtime. */
const OWN_FILE = /^(?:\/|[A-Za-z]:[\\/]|\\\\|\.|[A-Za-z][A-Za-z0-9.+-]{0,30}:\/\/)/

/** `express/lib/router/layer.js` -> `express.lib.router:layer`, as Sentry's SDK names modules of packages. */
const moduleOf = (path: string): string => {
  const names = path.replace(/\.[cm]?js$/, '').split(/[\\/]/)
  const file = names.pop() ?? ''
  return names.length === 0 ? file : `${names.join('.')}:${file}`
}
