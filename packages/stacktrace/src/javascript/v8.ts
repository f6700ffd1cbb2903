/**
 * Stack traces of V8 (Node, Deno, Chrome) and of Bun, which prints like it; also the text of `util.inspect` with causes.
 *
 * `error.stack` has a header and frames, the newest first, and no cause. `util.inspect` adds `[cause]: Error: ...` and
 * `[errors]: [ ... ]`, indented, and leaves out lines that the cause has too.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
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

const isFrame = (line: string): boolean => UtilInspect.frameOf(line) !== undefined

const parse = (
  source: Source,
  complete: (frame: StackFrame) => StackFrame,
): ReadonlyArray<ParsedException> => {
  const text = unwrap(source.stacktrace)
  const header = Header.read(text, source, isFrame)
  const rest = Message.condense(text.slice(header.end), source.message)
  return UtilInspect.read(rest).map((exception, at) => ({
    ...exception,
    ...(at === 0 ? { type: typeOf(source, header), value: source.message ?? header.value } : {}),
    frames: exception.frames.map(complete),
  }))
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

const completeInBrowser = (frame: StackFrame): StackFrame => ({
  ...frame,
  in_app: frame.filename !== undefined && !/^(?:<anonymous>|native)$/.test(frame.filename),
})

const completeOnServer = (frame: StackFrame): StackFrame => {
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

/** Node, Deno and Bun. */
export const v8: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'node',
  languages: /* @__PURE__ */ Object.freeze(['nodejs']),
  recognises: (stacktrace) => Lines.split(stacktrace).some(isFrame),
  parse: (source) => parse(source, completeOnServer),
})

/** Chrome and the browsers built on it. */
export const v8Browser: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'javascript',
  languages: /* @__PURE__ */ Object.freeze(['webjs']),
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) =>
      WEB_FILE.test(UtilInspect.frameOf(line)?.filename ?? ''),
    ),
  parse: (source) => parse(source, completeInBrowser),
})
