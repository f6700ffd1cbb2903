/** Stack traces of Firefox: lines of `function@url:line:column`. `each/<` is a function inside `each`. */
import type { Parser } from '../Parser.ts'
import { cacheable } from '../text/cacheable.ts'
import * as Lines from '../text/Lines.ts'
import * as AtSignFrame from './atSignFrame.ts'

// instances

export const firefox: Parser = /* @__PURE__ */ cacheable(AtSignFrame.frameIn, (toFrame, keep) => ({
  platform: 'javascript',
  languages: /* @__PURE__ */ Object.freeze(['webjs']),
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => toFrame(line)?.frame.filename !== undefined),
  parse: AtSignFrame.parser(toFrame, keep),
}))
