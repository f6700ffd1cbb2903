/**
 * The text that OpenTelemetry's PHP SDK sends: PHP's exceptions in the form of Java's, `\tat Shop.Checkout.pay(Checkout.php:29)`.
 *
 * Backslashes are written as dots and files by their base names, so a function in a namespace looks like a method.
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

/** An exception whose lines are being read. */
interface OtelException {
  readonly type: string
  value: string
  /** The newest first. */
  frames: Array<StackFrame.StackFrame>
  /** Whether the frames that it shares with the exception above were added. */
  isComplete: boolean
}

const MAX_EXCEPTIONS = 50

/** The number of words of a name in which a repeated namespace is searched. */
const MAX_WORDS = 64

const CAUSE = 'Caused by: '

const NO_ATTRIBUTES: Header.KnownException = { type: undefined, message: undefined }

/** The files have no folders, so only the namespace shows that a function belongs to a library. */
const LIBRARY =
  /^(?:Symfony|Illuminate|Laravel|Doctrine|GuzzleHttp|Psr|Monolog|Twig|Composer|PHPUnit|OpenTelemetry|Slim|League|Ramsey|Carbon|Nyholm|Amp|React|Revolt)\./

// constructors

const make = ({ type, value }: Header.Header): OtelException => ({
  type,
  value,
  frames: [],
  isComplete: false,
})

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const header = Header.read(
    source.stacktrace,
    source,
    (line) => parseLine(line.trim()) !== undefined,
  )
  const rest = Message.condense(source.stacktrace.slice(header.end), source.message)
  const exceptions = [make(header)]
  for (const line of Lines.split(rest)) {
    const text = line.trim()
    const current = exceptions.at(-1)
    const frame = parseLine(text)
    if (current === undefined) continue
    if (frame !== undefined) current.frames.push(frame)
    else if (text.startsWith(CAUSE)) {
      // A circular reference ends the text: it names an exception that is above already.
      if (text.startsWith('[CIRCULAR REFERENCE: ', CAUSE.length)) break
      if (exceptions.length >= MAX_EXCEPTIONS) break
      exceptions.push(make(Header.read(text.slice(CAUSE.length), NO_ATTRIBUTES, () => false)))
    } else {
      const more = current.isComplete ? null : /^\.\.\. ([1-9]\d{0,8}) more$/.exec(text)
      if (more !== null) {
        const enclosing = exceptions.at(-2)?.frames ?? []
        current.frames = current.frames.concat(enclosing.slice(-Number(more[1])))
        current.isComplete = true
      } else if (current.frames.length === 0 && exceptions.length > 1) current.value += `\n${line}`
    }
  }
  return exceptions.map(({ type, value, frames }, at) => ({
    type: PhpName.withoutPath(type.replaceAll('.', '\\')),
    value: value.trimEnd() === '' ? '' : value,
    frames: frames.reverse(),
    ...(at === 0 ? {} : { parent: at - 1, relation: 'previous' }),
  }))
}

const parseLine = (text: string): StackFrame.StackFrame | undefined => {
  if (!text.startsWith('at ') || !text.endsWith(')')) return undefined
  const call = text.slice('at '.length, -1)
  const open = PhpName.indexOutsideBraces(call, '(')
  if (open <= 0) return undefined
  const fields = locationOf(call.slice(open + 1))
  const name = call.slice(0, open)
  const isInApp = fields?.filename !== undefined && !LIBRARY.test(name)
  return fields && StackFrame.make({ function: functionOf(name), ...fields, in_app: isInApp })
}

const locationOf = (text: string): StackFrame.FrameFields | undefined => {
  if (text === 'Unknown Source') return {}
  const evaluated = PhpName.evaluatedAt(text)
  if (evaluated !== undefined)
    return { filename: evaluated.file, lineno: SourceLocation.position(evaluated.line) }
  const location = SourceLocation.parse(text, 1)
  if (location !== undefined && location.file !== '')
    return { filename: location.file, lineno: SourceLocation.position(location.numbers[0]) }
  return /^[^\s:]+\.\w{1,8}$/.test(text) ? { filename: text } : undefined
}

/** `A.B.C.m` -> `A\B\C::m`. The function of a closure repeats the namespace of its class. */
const functionOf = (name: string): string => {
  const words = split(name)
  const last = words.pop() ?? ''
  if (words.length === 0) return PhpName.withoutPath(last)
  const start = last === '{closure}' ? repetitionAt(words) : words.length
  const namespace = words.slice(start).map((word) => `${word}\\`)
  return `${PhpName.withoutPath(words.slice(0, start).join('\\'))}::${namespace.join('')}${last}`
}

/** The words between dots. Dots in braces and in the path of an anonymous class do not divide words. */
const split = (name: string): Array<string> => {
  const path = name.indexOf('\0')
  const words = path < 0 ? [] : name.slice(0, path).split('.')
  for (let rest = path < 0 ? name : name.slice(name.lastIndexOf('.') + 1); rest !== ''; ) {
    const dot = PhpName.indexOutsideBraces(rest, '.')
    words.push(dot < 0 ? rest : rest.slice(0, dot))
    rest = dot < 0 ? '' : rest.slice(dot + 1)
  }
  return words.map((word) => (word.includes('/') ? word : word.replaceAll('.', '\\')))
}

/** The index at which the words repeat the first ones: the namespace behind a class. */
const repetitionAt = (words: ReadonlyArray<string>): number => {
  if (words.length > MAX_WORDS) return words.length
  const first = Math.floor(words.length / 2) + 1
  for (let at = first; at < words.length; at++) {
    if (words.slice(at).every((word, next) => word === words[next])) return at
  }
  return words.length
}

// instances

export const phpOtel: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'php',
  languages: /* @__PURE__ */ Object.freeze(['php']),
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => /\.php$/.test(parseLine(line.trim())?.filename ?? '')),
  parse,
})
