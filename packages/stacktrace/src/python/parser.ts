/**
 * Python's `traceback.format_exception` text: causes before their effects, the oldest call first.
 *
 * Each frame comes with its line of source, by which Sentry groups. Notes stand behind the message without a mark:
 * they are left out where the message is known.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import * as Message from '../text/Message.ts'
import * as PythonLine from './line.ts'
import * as PythonChain from './traceback.ts'

// constructors

export const python: Parser = {
  platform: 'python',
  languages: ['python'],
  recognises: (stacktrace) =>
    stacktrace.includes('Traceback (most recent call last):') &&
    /^[ \t|]*File "[^"\n]{1,4096}", line \d/m.test(stacktrace),
  parse: (source) => parse(source),
}

const MAX_EXCEPTIONS = 50

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const known = { type: source.type ?? '', value: source.message ?? '' }
  const chain = PythonChain.read(Message.condense(source.stacktrace, source.message))
  if (chain.last === undefined) return [{ ...known, frames: [] }]
  // The text ends before what was thrown: only the attributes tell it.
  const cut = chain.sentence && { block: chain.last, relation: chain.sentence }
  const thrown = cut ? { frames: [], final: [], cause: cut, members: [] } : chain.last
  const [outermost, ...others] = flatten(thrown)
  if (outermost === undefined) return [{ ...known, frames: [] }]
  if (thrown.final.length === 0) return [{ ...outermost, ...known }, ...others]
  const isHalf = outermost.value === '' && known.type.startsWith(outermost.type)
  const type = isHalf ? known.type : outermost.type
  return [{ ...outermost, type, value: messageOf(source, outermost.value) }, ...others]
}

/** An exception, then its causes, then its members. */
const flatten = (thrown: PythonChain.Block): ReadonlyArray<ParsedException> => {
  const exceptions: Array<ParsedException> = []
  const waiting: Array<{
    readonly block: PythonChain.Block
    readonly link: { readonly parent: number; readonly relation: string } | undefined
  }> = [{ block: thrown, link: undefined }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (exceptions.length >= MAX_EXCEPTIONS) break
    const { frames, final, cause, members } = next.block
    const parent = exceptions.length
    exceptions.push({ ...PythonLine.split(final.join('\n').trimEnd()), frames, ...next.link })
    for (const { block, index } of [...members].reverse())
      waiting.push({ block, link: { parent, relation: `exceptions[${index}]` } })
    if (cause !== undefined)
      waiting.push({ block: cause.block, link: { parent, relation: cause.relation } })
  }
  return exceptions
}

/** The message, where the text starts with it: what follows is notes. */
const messageOf = ({ message }: Source, value: string): string => {
  const first =
    message
      ?.trim()
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? ''
  const agrees = first.length <= value.length && Message.endOf(value, 0, first) >= 0
  return message !== undefined && first !== '' && agrees ? message : value
}
