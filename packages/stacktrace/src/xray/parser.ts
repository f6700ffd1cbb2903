/**
 * The text that the AWS X-Ray receiver of the Collector makes of a segment in any language, the newest call first:
 * `at Cart.total(src/cart.py: 12)`.
 *
 * Source: `receiver/awsxrayreceiver/internal/translator/cause.go` of open-telemetry/opentelemetry-collector-contrib.
 */
import type { Parser } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import { lineParser } from '../text/lineParser.ts'
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

// instances

export const xray: Parser = /* @__PURE__ */ lineParser(
  { platform: 'other', languages: /* @__PURE__ */ Object.freeze([]) },
  parseLine,
)
