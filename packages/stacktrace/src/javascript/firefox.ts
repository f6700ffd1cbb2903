/** Stack traces of Firefox: `fn@url:line:column` lines; `each/<` is a function within `each`. */

import type { Parser } from '../Parser.ts'
import * as Lines from '../text/Lines.ts'
import * as AtSign from './atSignFrame.ts'

// constructors

export const firefox: Parser = {
  platform: 'javascript',
  languages: ['webjs'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => AtSign.parseLine(line)?.frame.filename !== undefined),
  parse: AtSign.parse,
}
