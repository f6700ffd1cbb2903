/**
 * The text that the AWS X-Ray receiver of the Collector makes of a segment in any language, the newest call first:
 * `at Cart.total(src/cart.py: 12)`.
 *
 * Source: `receiver/awsxrayreceiver/internal/translator/cause.go` of open-telemetry/opentelemetry-collector-contrib.
 */
import type { Parser } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// model

const CALL = /^at (\S.{0,1023}?)\(([^()]{1,4096}): (\d{1,9})\)$/

const LIBRARY =
  /(?:^|[\\/])(?:node_modules|vendor|site-packages|dist-packages|gems)[\\/]|^node:|^internal[\\/]/

// decoding

const parseLine = (line: string): StackFrame.StackFrame | undefined => {
  const [, name, filename = '', lineno] = CALL.exec(line.trim()) ?? []
  return name === undefined
    ? undefined
    : StackFrame.make({
        function: name,
        filename,
        lineno: SourceLocation.position(lineno),
        in_app: !LIBRARY.test(filename),
      })
}

const isFrame = (line: string): boolean => parseLine(line) !== undefined

// instances

export const xray: Parser = {
  platform: 'other',
  languages: [],
  recognises: (stacktrace) => Lines.split(stacktrace).some(isFrame),
  parse: (source) => {
    const header = Header.read(source.stacktrace, source, isFrame)
    const body = Message.condense(source.stacktrace.slice(header.end), source.message)
    const frames = Lines.split(body)
      .map(parseLine)
      .filter((frame) => frame !== undefined)
    return [{ type: header.type, value: header.value, frames: frames.reverse() }]
  },
}
