/** Stack traces of Firefox: `fn@url:line:column` lines; `each/<` is a function within `each`. */
import * as AtSign from './AtSign.ts'
import * as Lines from './Lines.ts'
import type { Parser } from './Parser.ts'

// constructors

export const parser: Parser = {
  platform: 'javascript',
  languages: ['webjs'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => AtSign.parseLine(line)?.frame.filename !== undefined),
  parse: AtSign.parse,
}
