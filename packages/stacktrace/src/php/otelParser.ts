/**
 * What OpenTelemetry's PHP SDK sends: PHP's exceptions in the form of Java's, `\tat Shop.Checkout.pay(Checkout.php:29)`.
 *
 * Backslashes are written as dots and files by their base names, so that a namespaced function looks like a method.
 * Source: `StackTraceFormatter` of opentelemetry-php.
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
  readonly type: string
  value: string
  /** The newest first. */
  frames: Array<StackFrame.StackFrame>
  /** Whether the frames it shares with the one above are there. */
  isWhole: boolean
}

// constructors

export const phpOtel: Parser = {
  platform: 'php',
  languages: ['php'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => /\.php$/.test(parseLine(line.trim())?.filename ?? '')),
  parse: (source) => parse(source),
}

const MAX_EXCEPTIONS = 50
const MAX_WORDS = 64
const CAUSE = 'Caused by: '

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const header = Header.read(
    source.stacktrace,
    source,
    (line) => parseLine(line.trim()) !== undefined,
  )
  const rest = Message.condense(source.stacktrace.slice(header.end), source.message)
  const drafts = [draft(header)]
  for (const line of Lines.split(rest)) {
    const text = line.trim()
    const now = drafts.at(-1)
    const frame = parseLine(text)
    if (now === undefined) continue
    if (frame !== undefined) now.frames.push(frame)
    else if (text.startsWith(CAUSE)) {
      // A circle ends the text: what it names stands above already.
      if (text.startsWith('[CIRCULAR REFERENCE: ', CAUSE.length)) break
      if (drafts.length >= MAX_EXCEPTIONS) break
      drafts.push(draft(Header.read(text.slice(CAUSE.length), NOTHING, () => false)))
    } else {
      const more = now.isWhole ? null : /^\.\.\. ([1-9]\d{0,8}) more$/.exec(text)
      if (more !== null) {
        const enclosing = drafts.at(-2)?.frames ?? []
        now.frames = now.frames.concat(enclosing.slice(-Number(more[1])))
        now.isWhole = true
      } else if (now.frames.length === 0 && drafts.length > 1) now.value += `\n${line}`
    }
  }
  return drafts.map(({ type, value, frames }, at) => ({
    type: PhpName.withoutPath(type.replaceAll('.', '\\')),
    value: value.trimEnd() === '' ? '' : value,
    frames: frames.reverse(),
    ...(at === 0 ? {} : { parent: at - 1, relation: 'previous' }),
  }))
}

const NOTHING = { type: undefined, message: undefined }

const draft = ({ type, value }: Header.Header): Draft => ({
  type,
  value,
  frames: [],
  isWhole: false,
})

const parseLine = (text: string): StackFrame.StackFrame | undefined => {
  if (!text.startsWith('at ') || !text.endsWith(')')) return undefined
  const call = text.slice('at '.length, -1)
  const open = PhpName.outsideBraces(call, '(')
  if (open <= 0) return undefined
  const place = partsOf(call.slice(open + 1))
  const name = call.slice(0, open)
  const isOwn = place?.filename !== undefined && !LIBRARY.test(name)
  return place && StackFrame.make({ function: functionOf(name), ...place, in_app: isOwn })
}

const partsOf = (text: string): StackFrame.FrameFields | undefined => {
  if (text === 'Unknown Source') return {}
  const made = PhpName.evaluatedAt(text)
  if (made !== undefined) return { filename: made.file, lineno: SourceLocation.position(made.line) }
  const place = SourceLocation.parse(text, 1)
  if (place !== undefined && place.file !== '')
    return { filename: place.file, lineno: SourceLocation.position(place.numbers[0]) }
  return /^[^\s:]+\.\w{1,8}$/.test(text) ? { filename: text } : undefined
}

/** `A.B.C.m` -> `A\B\C::m`; a closure's function has the namespace of its class before it once more. */
const functionOf = (name: string): string => {
  const words = split(name)
  const last = words.pop() ?? ''
  if (words.length === 0) return PhpName.withoutPath(last)
  const start = last === '{closure}' ? repeatAt(words) : words.length
  const space = words.slice(start).map((word) => `${word}\\`)
  return `${PhpName.withoutPath(words.slice(0, start).join('\\'))}::${space.join('')}${last}`
}

/** The words between dots, of which those in braces or in the path of an anonymous class are none. */
const split = (name: string): Array<string> => {
  const path = name.indexOf('\0')
  const words = path < 0 ? [] : name.slice(0, path).split('.')
  for (let rest = path < 0 ? name : name.slice(name.lastIndexOf('.') + 1); rest !== ''; ) {
    const dot = PhpName.outsideBraces(rest, '.')
    words.push(dot < 0 ? rest : rest.slice(0, dot))
    rest = dot < 0 ? '' : rest.slice(dot + 1)
  }
  return words.map((word) => (word.includes('/') ? word : word.replaceAll('.', '\\')))
}

/** Where the words start again with the first ones: the namespace behind a class of it. */
const repeatAt = (words: ReadonlyArray<string>): number => {
  if (words.length > MAX_WORDS) return words.length
  const least = Math.floor(words.length / 2) + 1
  for (let at = least; at < words.length; at++) {
    if (words.slice(at).every((word, next) => word === words[next])) return at
  }
  return words.length
}

/** The files have no folders, so what is a library can be seen from its namespace only. */
const LIBRARY =
  /^(?:Symfony|Illuminate|Laravel|Doctrine|GuzzleHttp|Psr|Monolog|Twig|Composer|PHPUnit|OpenTelemetry|Slim|League|Ramsey|Carbon|Nyholm|Amp|React|Revolt)\./
