import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Source } from '../../src/Parser.ts'
import { parsers } from '../../src/parsers.ts'
import * as _ from '../../src/StackTrace.ts'
import { isLinear, type Work } from '../growth.ts'

/** Texts that break regular expressions, of `size` characters. */
const texts: ReadonlyArray<readonly [string, (size: number) => string]> = [
  ...[
    '(',
    ')',
    '{',
    '@',
    ':',
    '\t',
    ' ',
    '\n',
    'a',
    '\ufffd',
    '.',
    '#',
    "'",
    '1:',
    'at ',
    'at at (',
    '    at x (',
    '    at x (eval at y (',
    '    at x.js:1:2\n',
    '    at async f (/a.js:1:2) {\n  [cause]: Error: x\n',
    '... 99999999 more\n',
    '    ... 99999999 lines matching cause stack trace ...\n',
    'Caused by: A: b\n\tat f(a.php:1)\n\t... 99999999 more\n',
    'f@http://h/a.js:1:2\n',
    'f@f@f@',
    '@http://h/a.js line 1 > eval:1:2\n',
    '  File "a", line 1, in f\n',
    '", line 1, in ',
    'Traceback (most recent call last):\n',
    'A: b\n\nDuring handling of the above exception, another exception occurred:\n\n',
    '  + Exception Group Traceback (most recent call last):\n  +-+---------------- 1 ----------------\n',
    "a:1:in `b': c (D)\n",
    "\tfrom a:1:in `b'\n",
    ":in `a': ",
    '#0 a(1): f(\n',
    '#0 a(1(1(1',
    'Next A: b in c:1\nStack trace:\n#0 a(1): f()\n',
    '\tat {closure:{closure:(a.php:1)\n',
    '\tat A.A.A.A.A.{closure}(a.php:1)\n',
    '    (a 1) b.ex:1: C.d(((',
    '    (a 1) b.ex:1: C.d/1\n',
    '** (A) b\n    ** (EXIT) c:\n        ',
    '  in function  a:b(',
    '  in call from a:b/1 (c.erl, line 1)\n',
    'no function clause matching ',
  ].map((unit) => [JSON.stringify(unit), (size: number) => fill(unit, size)] as const),
]

const fill = (unit: string, size: number): string =>
  unit.repeat(Math.ceil(size / unit.length)).slice(0, size)

const source = (stacktrace: string, language: string | undefined, message?: string): Source => ({
  type: 'A',
  message,
  stacktrace,
  language,
})

const parse = suite('parse of hostile text')

/** One language of each platform. */
const languages = new Map(parsers.map((parser) => [parser.platform, parser.languages[0]])).values()

for (const language of languages) {
  parse(`grows with the text of ${language}, not with its square`, () => {
    for (const [at, [name, make]] of texts.entries()) {
      for (const message of at % 4 === 0 ? [undefined, fill('a\n', 1000)] : [undefined]) {
        const work: Work = (size) => {
          const hostile = source(make(size), language, message)
          return () => _.parse(parsers)(hostile)
        }
        assert.ok(isLinear(work), name)
      }
    }
  })
}

parse.run()

const each = suite('parser on hostile text')

parsers.forEach((parser, at) => {
  each(`${at} for ${parser.languages} grows with the text, not with its square`, () => {
    for (const [name, make] of texts) {
      const work: Work = (size) => {
        const hostile = source(make(size), undefined)
        return () => {
          parser.recognises(hostile.stacktrace)
          parser.parse(hostile)
        }
      }
      assert.ok(isLinear(work), name)
    }
  })
})

each.run()
