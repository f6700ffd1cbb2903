/** Stack traces of Safari, in Firefox's form with lines of its own: `map@[native code]`, `global code@...`, `inner@`. */

import type { Parser } from '../Parser.ts'
import * as Lines from '../text/Lines.ts'
import * as AtSign from './atSignFrame.ts'

// constructors

export const safari: Parser = {
  platform: 'javascript',
  languages: ['webjs'],
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace).map(AtSign.parseLine)
    return (
      lines.some((line) => line?.isSafari) &&
      lines.some((line) => line?.frame.filename !== undefined)
    )
  },
  parse: AtSign.parse,
}
