/** Stack traces of Safari: the format of Firefox and some lines of its own, `map@[native code]`, `global code@...`, `inner@`. */
import type { Parser } from '../Parser.ts'
import { cacheable } from '../text/cacheable.ts'
import * as Lines from '../text/Lines.ts'
import * as AtSignFrame from './atSignFrame.ts'

// instances

export const safari: Parser = /* @__PURE__ */ cacheable(AtSignFrame.frameIn, (toFrame, keep) => ({
  platform: 'javascript',
  languages: /* @__PURE__ */ Object.freeze(['webjs']),
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace).map(toFrame)
    return (
      lines.some((line) => line?.isSafari) &&
      lines.some((line) => line?.frame.filename !== undefined)
    )
  },
  parse: AtSignFrame.parser(toFrame, keep),
}))
