/**
 * Stack traces of Swift and Objective-C: the symbols of an `NSException`, the JSON of MetricKit, the
 * backtraces on Linux. None has a header or a chain; the type and the message stand only in the attributes.
 */

import type { Parser } from '../Parser.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as MetricKit from './metricKit.ts'
import * as NumberedFrame from './numberedFrame.ts'
import * as SwiftLine from './swiftFrame.ts'

// instances

export const swift: Parser = {
  platform: 'cocoa',
  languages: ['swift'],
  recognises: (stacktrace) =>
    MetricKit.parse(stacktrace) !== undefined || Lines.split(stacktrace).some(isFrame),
  parse: (source) => {
    const { stacktrace } = source
    const type = source.type ?? ''
    const frames = MetricKit.parse(stacktrace)
    if (frames !== undefined) return [{ type, value: source.message ?? '', frames }]
    const header = Header.read(stacktrace, source, isFrame)
    const lines = Lines.split(
      Message.condense(stacktrace.slice(header.isCertain ? header.end : 0), source.message),
    )
    const isCut = Lines.isCut(stacktrace)
    const found = lines
      .map((line, i) => SwiftLine.parse(line, isCut && i === lines.length - 1))
      .filter((each) => each !== undefined)
    const value = source.message ?? header.value
    return [{ type, value, frames: NumberedFrame.inOrder(found) }]
  },
}

const isFrame = (line: string): boolean => SwiftLine.parse(line, false) !== undefined
