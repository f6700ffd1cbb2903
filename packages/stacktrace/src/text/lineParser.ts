/** Parsers of formats with one frame in each line, the newest call first, below a header. */
import type { Parser } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from './Header.ts'
import * as Lines from './Lines.ts'
import * as Message from './Message.ts'

/** `parseLine` gives the frame of a line, `undefined` for any other line. */
export const lineParser = (
  fields: Pick<Parser, 'platform' | 'languages' | 'separator'>,
  parseLine: (line: string) => StackFrame | undefined,
): Parser => {
  const isFrame = (line: string): boolean => parseLine(line) !== undefined
  return Object.freeze({
    ...fields,
    recognises: (stacktrace: string) => Lines.split(stacktrace).some(isFrame),
    parse: (source) => {
      const header = Header.read(source.stacktrace, source, isFrame)
      const body = Message.condense(source.stacktrace.slice(header.end), source.message)
      const frames = Lines.split(body).flatMap((line) => parseLine(line) ?? [])
      return [{ type: header.type, value: header.value, frames: frames.reverse() }]
    },
  } satisfies Parser)
}
