/**
 * PHP's own text of an exception, `(string)$e`: the innermost exception first, the next one behind `Next `.
 *
 * `#0 file(line): function(args)` says where the function was called, not where it was: the place of a header belongs
 * to the function of `#0`, that of each line to the function of the next, the last one to `{main}`.
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

/** One exception while its lines are read. */
interface Draft {
  readonly header: Array<string>
  /** The place that the next function belongs to. */
  place: StackFrame.FrameFields
  /** The newest first. */
  readonly frames: Array<StackFrame.StackFrame>
  state: 'header' | 'frames' | 'done'
}

// constructors

export const php: Parser = {
  platform: 'php',
  languages: ['php'],
  recognises: (stacktrace) =>
    /^Stack trace:[ \t]*$/m.test(stacktrace.replaceAll('\r', '')) && /^[ \t]*#0 /m.test(stacktrace),
  parse: (source) => parse(source),
}

const MAX_EXCEPTIONS = 50

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const drafts: Array<Draft> = []
  for (const line of Lines.split(Message.condense(source.stacktrace, source.message)))
    readLine(drafts, line.trim())
  const whole = drafts.filter(({ state }) => state !== 'header').reverse()
  if (whole.length === 0)
    return [{ type: source.type ?? '', value: source.message ?? '', frames: [] }]
  return whole.map(({ header, place, frames, state }, at) => {
    // A text that was cut names the place of one more call, but not what was called.
    const rest =
      state === 'frames' && place.filename !== undefined ? [frameOf(undefined, place)] : []
    const read = headerOf(header.join('\n'), at === 0 ? source : NOTHING)
    const link = at === 0 ? {} : { parent: at - 1, relation: 'previous' }
    return { ...read, frames: [...frames, ...rest].reverse(), ...link }
  })
}

const NOTHING = { type: undefined, message: undefined }

const readLine = (drafts: Array<Draft>, line: string): void => {
  const now = drafts.at(-1)
  if (now === undefined || (now.state !== 'header' && line.startsWith('Next '))) {
    if (line === '') return
    const first = line.replace(/^(?:Next |(?:PHP )?Fatal error: {1,2}Uncaught )/, '')
    drafts.push({ header: [first], place: {}, frames: [], state: 'header' })
    // The innermost comes first and can best be spared.
    if (drafts.length > MAX_EXCEPTIONS) drafts.shift()
  } else if (now.state === 'header') {
    const place = line === 'Stack trace:' ? placeOf(now.header.at(-1) ?? '') : undefined
    if (place === undefined) now.header.push(line)
    else {
      now.place = place.parts
      now.header[now.header.length - 1] = place.before
      now.state = 'frames'
    }
  } else if (now.state === 'frames') readCall(now, line)
}

const readCall = (now: Draft, line: string): void => {
  const call = /^#\d{1,9} /.exec(line)
  if (call === null) return
  const text = line.slice(call[0].length)
  if (text === '{main}') {
    now.frames.push(frameOf(text, now.place))
    now.state = 'done'
    return
  }
  const place = /^(?:\[internal function\]|(.+?)\((\d{1,9})\)): /.exec(text)
  if (place === null) return
  const named = text.slice(place[0].length)
  const end = PhpName.outsideBraces(named, '(')
  if (end <= 0) return
  now.frames.push(frameOf(functionOf(named.slice(0, end)), now.place))
  now.place = place[1] === undefined ? {} : partsOf(place[1], Number(place[2]))
}

/** `message in file:12`: the place at the end of a header, and what is before it. */
const placeOf = (
  line: string,
): { readonly parts: StackFrame.FrameFields; readonly before: string } | undefined => {
  const place = SourceLocation.parse(line, 1)
  const at = place === undefined ? -1 : place.file.lastIndexOf(' in ')
  if (place === undefined || at < 0) return undefined
  const file = place.file.slice(at + ' in '.length)
  return { parts: partsOf(file, place.numbers[0] ?? 0), before: line.slice(0, at) }
}

const partsOf = (file: string, line: number): StackFrame.FrameFields => {
  const made = PhpName.evaluatedAt(file)
  return { filename: made?.file ?? file, lineno: SourceLocation.position(made?.line ?? line) }
}

const frameOf = (
  called: string | undefined,
  place: StackFrame.FrameFields,
): StackFrame.StackFrame =>
  StackFrame.make({
    function: called,
    ...place,
    in_app: place.filename !== undefined && !/(?:^|[\\/])vendor[\\/]/.test(place.filename),
  })

const functionOf = (name: string): string => {
  const arrow = PhpName.outsideBraces(name, '->')
  return PhpName.withoutPath(
    arrow < 0 ? name : `${name.slice(0, arrow)}::${name.slice(arrow + '->'.length)}`,
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
