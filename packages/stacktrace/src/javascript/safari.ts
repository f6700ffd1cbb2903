/** Stack traces of Safari: the format of Firefox and some lines of its own, `map@[native code]`, `global code@...`, `inner@`. */
import type { Parser } from '../Parser.ts'
import * as Lines from '../text/Lines.ts'
import * as AtSignFrame from './atSignFrame.ts'

// instances

export const safari: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'javascript',
  languages: /* @__PURE__ */ Object.freeze(['webjs']),
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace).map(AtSignFrame.parseLine)
    return (
      lines.some((line) => line?.isSafari) &&
      lines.some((line) => line?.frame.filename !== undefined)
    )
  },
  parse: AtSignFrame.parse,
})
