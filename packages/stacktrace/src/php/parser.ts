/**
 * PHP's own text of an exception, `(string)$e`: the innermost exception first, the next one behind `Next `.
 *
 * `#0 file(line): function(args)` has the location of the caller. So the location in a header belongs to the function of
 * `#0`, the location in each line to the function of the next line, and the last location to `{main}`.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import * as PhpName from './name.ts'

// model

/** An exception whose lines are being read. */
interface PhpException {
  readonly header: Array<string>
  /** The location that belongs to the next function. */
  location: StackFrame.FrameFields
  /** The newest first. */
  readonly frames: Array<StackFrame.StackFrame>
  state: 'header' | 'frames' | 'done'
}

interface HeaderLocation {
  readonly fields: StackFrame.FrameFields
  /** The text before ` in file:12`. */
  readonly before: string
}

const MAX_EXCEPTIONS = 50

/** The first line is searched in this number of characters. */
const MAX_FIRST = 8192

/** The first call of a trace. */
const CALL = /^\s*#0 (?:\{main\}|\[internal function\]: |.*\(\d{1,9}\): )/

const NO_ATTRIBUTES: Header.KnownException = { type: undefined, message: undefined }

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const exceptions: Array<PhpException> = []
  const text = withoutLinesOf(source)
  const lines = Lines.split(Message.condense(text, source.message))
  // `getTraceAsString` has calls alone. They have no header, so the location of the newest call is unknown.
  if (CALL.test(lines.find((line) => line.trim() !== '') ?? ''))
    exceptions.push({ header: [], location: {}, frames: [], state: 'frames' })
  for (const line of lines) readLine(exceptions, line.trim())
  const complete = exceptions.filter(({ state }) => state !== 'header').reverse()
  if (complete.length === 0)
    return [{ type: source.type ?? '', value: source.message ?? '', frames: [] }]
  return complete.map(({ header, location, frames, state }, at) => {
    // A text that was cut has the location of one more call, but not its function.
    const rest =
      state === 'frames' && location.filename !== undefined ? [frameOf(undefined, location)] : []
    const head =
      header.length === 0
        ? { type: PhpName.withoutPath(source.type ?? ''), value: source.message ?? '' }
        : headerOf(header.join('\n'), at === 0 ? source : NO_ATTRIBUTES)
    const link = at === 0 ? {} : { parent: at - 1, relation: 'previous' }
    return { ...head, frames: [...frames, ...rest].reverse(), ...link }
  })
}

/** Cuts a message of several lines to its first line: in a header, the location follows it in the same line. */
const withoutLinesOf = ({ stacktrace, message = '' }: Source): string => {
  const known = message.trim()
  const end = Lines.endOf(known, 0)
  return end === known.length
    ? stacktrace
    : stacktrace.replaceAll(`${known} in `, () => `${known.slice(0, end)} in `)
}

const readLine = (exceptions: Array<PhpException>, line: string): void => {
  const current = exceptions.at(-1)
  if (current === undefined || (current.state !== 'header' && line.startsWith('Next '))) {
    if (line === '') return
    const first = line.replace(/^(?:Next |(?:PHP )?Fatal error: {1,2}Uncaught )/, '')
    exceptions.push({ header: [first], location: {}, frames: [], state: 'header' })
    // Drops the first one, which is the innermost: it matters least.
    if (exceptions.length > MAX_EXCEPTIONS) exceptions.shift()
  } else if (current.state === 'header') {
    const found = line === 'Stack trace:' ? locationIn(current.header.at(-1) ?? '') : undefined
    if (found === undefined) current.header.push(line)
    else {
      current.location = found.fields
      current.header[current.header.length - 1] = found.before
      current.state = 'frames'
    }
  } else if (current.state === 'frames') readCall(current, line)
}

const readCall = (current: PhpException, line: string): void => {
  const call = /^#\d{1,9} /.exec(line)
  if (call === null) return
  const text = line.slice(call[0].length)
  if (text === '{main}') {
    current.frames.push(frameOf(text, current.location))
    current.state = 'done'
    return
  }
  const location = /^(?:\[internal function\]|(.+?)\((\d{1,9})\)): /.exec(text)
  if (location === null) return
  const callee = text.slice(location[0].length)
  const end = PhpName.indexOutsideBraces(callee, '(')
  if (end <= 0) return
  current.frames.push(frameOf(functionOf(callee.slice(0, end)), current.location))
  current.location = location[1] === undefined ? {} : fieldsOf(location[1], Number(location[2]))
}

/** Reads the location at the end of a header, `message in file:12`. */
const locationIn = (line: string): HeaderLocation | undefined => {
  const location = SourceLocation.parse(line, 1)
  const at = location === undefined ? -1 : location.file.lastIndexOf(' in ')
  if (location === undefined || at < 0) return undefined
  const file = location.file.slice(at + ' in '.length)
  return { fields: fieldsOf(file, location.numbers[0] ?? 0), before: line.slice(0, at) }
}

const fieldsOf = (file: string, line: number): StackFrame.FrameFields => {
  const evaluated = PhpName.evaluatedAt(file)
  return {
    filename: evaluated?.file ?? file,
    lineno: SourceLocation.position(evaluated?.line ?? line),
  }
}

const frameOf = (
  callee: string | undefined,
  location: StackFrame.FrameFields,
): StackFrame.StackFrame =>
  StackFrame.make({
    function: callee,
    ...location,
    in_app: location.filename !== undefined && !/(?:^|[\\/])vendor[\\/]/.test(location.filename),
  })

const functionOf = (name: string): string => {
  const operator = PhpName.indexOutsideBraces(name, '->')
  return PhpName.withoutPath(
    operator < 0 ? name : `${name.slice(0, operator)}::${name.slice(operator + '->'.length)}`,
  )
}

const headerOf = (
  text: string,
  known: Header.KnownException,
): { readonly type: string; readonly value: string } => {
  const first = known.message?.trim().split(/[\r\n]/, 1)[0]
  const header = Header.read(text, { type: known.type, message: first }, () => false)
  const value = header.isCertain && known.message !== undefined ? known.message : header.value
  return { type: PhpName.withoutPath(header.type), value }
}

// instances

export const php: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'php',
  languages: /* @__PURE__ */ Object.freeze(['php']),
  recognises: (stacktrace) =>
    (/^Stack trace:[ \t]*$/m.test(stacktrace.replaceAll('\r', '')) &&
      /^[ \t]*#0 /m.test(stacktrace)) ||
    (CALL.test(stacktrace.slice(0, MAX_FIRST)) &&
      /^[ \t]*#\d{1,9} \{main\}[ \t]*$/m.test(stacktrace)),
  parse,
})
