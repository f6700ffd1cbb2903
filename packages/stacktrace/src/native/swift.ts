/**
 * Stack traces of Swift and Objective-C: the symbols of an `NSException`, the JSON of MetricKit, the backtraces on Linux.
 * None of them has a header or a chain.
 */
import type { Parser } from '../Parser.ts'
import * as MetricKit from './metricKit.ts'
import * as NativeText from './nativeText.ts'
import * as SwiftFrame from './swiftFrame.ts'

// instances

export const swift: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'cocoa',
  languages: /* @__PURE__ */ Object.freeze(['swift']),
  recognises: (stacktrace) =>
    MetricKit.parse(stacktrace) !== undefined ||
    NativeText.isRecognised(SwiftFrame.parse)(stacktrace),
  parse: (source) => {
    const { type = '', message = '' } = source
    const frames = MetricKit.parse(source.stacktrace)
    return frames === undefined
      ? NativeText.parse(SwiftFrame.parse)(source)
      : [{ type, value: message, frames }]
  },
})
