/**
 * Stack traces of C++, which has none of its own: whatever a library printed, one frame a line, without a chain.
 *
 * The type and the message stand only in the attributes.
 */

import type { Parser } from '../Parser.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as CppLine from './cppFrame.ts'
import * as NumberedFrame from './numberedFrame.ts'

// instances

export const cpp: Parser = {
  platform: 'native',
  languages: ['cpp'],
  recognises: (stacktrace) => Lines.split(stacktrace).some(isFrame),
  parse: (source) => {
    const header = Header.read(source.stacktrace, source, isFrame)
    const lines = Lines.split(
      Message.condense(source.stacktrace.slice(header.isCertain ? header.end : 0), source.message),
    )
    const isCut = Lines.isCut(source.stacktrace)
    const found = lines
      .map((line, i) => CppLine.parse(line, isCut && i === lines.length - 1))
      .filter((each) => each !== undefined)
    const value = source.message ?? header.value
    return [{ type: source.type ?? '', value, frames: NumberedFrame.inOrder(found) }]
  },
}

const isFrame = (line: string): boolean => CppLine.parse(line, false) !== undefined
