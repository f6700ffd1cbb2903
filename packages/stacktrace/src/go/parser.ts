/**
 * Stack traces of Go: the stack of a goroutine, perhaps behind a panic, or the chain that `%+v` of `pkg/errors` prints.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as ErrorChain from './errorChain.ts'
import * as Goroutine from './goroutine.ts'

// model

const PANIC = /^\s*(?:panic|fatal error): /

/** The number of nested panics behind which the message is searched. */
const MAX_PANICS = 16

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const lines = Lines.split(source.stacktrace.slice(endOfPanic(source)))
  const quoted = ErrorChain.quotedLines(source.message ?? '', lines)
  const start = lines.findIndex((line, i) => i >= quoted && Goroutine.isHeader(line))
  if (start < 0) return ErrorChain.parse(source, lines, quoted)
  const frames = Goroutine.parse(lines.slice(start + 1), Lines.isCut(source.stacktrace))
  return [exceptionOf(source, lines.slice(0, start), frames)]
}

/**
 * A panic prints its message first, whose lines may look like a goroutine. A panic that was raised while another was
 * handled is behind that one, indented.
 */
const endOfPanic = ({ message, stacktrace }: Source): number => {
  if (!message || !PANIC.test(stacktrace.slice(0, 64))) return 0
  let start = stacktrace.indexOf(': ')
  for (let tried = 0; start >= 0 && tried < MAX_PANICS; tried++) {
    const end = Message.endOf(stacktrace, start + 2, message)
    if (end >= 0) return end
    const next = stacktrace.indexOf('panic: ', start)
    start = next < 0 ? -1 : next + 5
  }
  return 0
}

const exceptionOf = (
  { type, message }: Source,
  before: ReadonlyArray<string>,
  frames: ReadonlyArray<StackFrame>,
): ParsedException => {
  const text = before.join('\n').trim()
  const panic = PANIC.exec(text)
  return {
    type: type ?? (panic === null ? '' : 'panic'),
    value: message ?? text.slice(panic?.[0].length ?? 0),
    frames: [...frames].reverse(),
  }
}

// instances

export const go: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'go',
  languages: /* @__PURE__ */ Object.freeze(['go']),
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace)
    return lines.some(
      (line, i) => Goroutine.isHeader(line) || ErrorChain.frameAt(lines, i) !== undefined,
    )
  },
  parse,
})
