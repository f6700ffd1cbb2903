/** Stack traces of C++, which has no format of its own: the text that a library printed, one frame in each line. */
import type { Parser } from '../Parser.ts'
import * as CppFrame from './cppFrame.ts'
import * as NativeText from './nativeText.ts'

// instances

export const cpp: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'native',
  languages: /* @__PURE__ */ Object.freeze(['cpp']),
  recognises: (stacktrace) => NativeText.isRecognised(CppFrame.parse)(stacktrace),
  parse: (source) => NativeText.parse(CppFrame.parse)(source),
})
