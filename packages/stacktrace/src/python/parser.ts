/**
 * Python's `traceback.format_exception` text: causes before their effects, the oldest call first.
 *
 * Each frame has its line of source, which Sentry's grouping uses. Notes follow the message without a mark; they are left
 * out where the message is known.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import * as Message from '../text/Message.ts'
import * as PythonLine from './line.ts'
import * as Traceback from './traceback.ts'

// model

interface QueuedBlock {
  readonly block: Traceback.TracebackBlock
  readonly link: { readonly parent: number; readonly relation: string } | undefined
}

const MAX_EXCEPTIONS = 50

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const known = { type: source.type ?? '', value: source.message ?? '' }
  const { last, relation } = Traceback.read(Message.condense(source.stacktrace, source.message))
  if (last === undefined) return [{ ...known, frames: [] }]
  // With a relation behind the last block, the text ends before the exception that was thrown: only the attributes have it.
  const cause = relation && { block: last, relation }
  const root = cause ? { frames: [], final: [], cause, members: [] } : last
  const [outermost, ...others] = flatten(root)
  if (outermost === undefined) return [{ ...known, frames: [] }]
  if (root.final.length === 0) return [{ ...outermost, ...known }, ...others]
  const isCut = outermost.value === '' && known.type.startsWith(outermost.type)
  const type = isCut ? known.type : outermost.type
  return [{ ...outermost, type, value: messageOf(source, outermost.value) }, ...others]
}

/** An exception, then its causes, then its members. */
const flatten = (root: Traceback.TracebackBlock): ReadonlyArray<ParsedException> => {
  const exceptions: Array<ParsedException> = []
  const stack: Array<QueuedBlock> = [{ block: root, link: undefined }]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (exceptions.length >= MAX_EXCEPTIONS) break
    const { frames, final, cause, members } = next.block
    const parent = exceptions.length
    exceptions.push({ ...PythonLine.split(final.join('\n').trimEnd()), frames, ...next.link })
    for (const { block, index } of [...members].reverse())
      stack.push({ block, link: { parent, relation: `exceptions[${index}]` } })
    if (cause !== undefined)
      stack.push({ block: cause.block, link: { parent, relation: cause.relation } })
  }
  return exceptions
}

/** The known message where the text starts with it: the rest of the text is notes. */
const messageOf = ({ message }: Source, value: string): string => {
  const first =
    message
      ?.trim()
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? ''
  const agrees = first.length <= value.length && Message.endOf(value, 0, first) >= 0
  return message !== undefined && first !== '' && agrees ? message : value
}

// instances

export const python: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'python',
  languages: /* @__PURE__ */ Object.freeze(['python']),
  recognises: (stacktrace) =>
    stacktrace.includes('Traceback (most recent call last):') &&
    /^[ \t|]*File "[^"\n]{1,4096}", line \d/m.test(stacktrace),
  parse,
})
