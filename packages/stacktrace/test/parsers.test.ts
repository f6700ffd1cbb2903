import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as index from '../src/index.ts'
import type { Parser } from '../src/Parser.ts'
import * as _ from '../src/parsers.ts'
import * as StackTrace from '../src/StackTrace.ts'

const { javascript, parsers, ...named } = _

const lists = suite('parsers')

lists('has each named parser once', () => {
  assert.is(parsers.length, Object.keys(named).length)
  assert.equal(new Set<Parser>(parsers), new Set<Parser>(Object.values(named)))
})

lists('ends with the parser of V8, whose lines occur in other formats too', () => {
  assert.is(parsers.at(-1), named.v8)
})

lists('is exported by the index, as is each named parser', () => {
  for (const [name, parser] of Object.entries(_))
    assert.is(Object.entries(index).find(([key]) => key === name)?.[1], parser, name)
})

lists.run()

const ofJavaScript = suite('javascript')

ofJavaScript('has the parsers whose language is that of Node or the browser', () => {
  const expected = parsers.filter(({ languages }) =>
    languages.some((language) => language === 'nodejs' || language === 'webjs'),
  )
  assert.equal(new Set(javascript), new Set(expected))
})

ofJavaScript('reads the stacks of all engines, and no other text', () => {
  const parse = StackTrace.parse(javascript)
  const table: ReadonlyArray<readonly [string, string, string]> = [
    ['Error: x\n    at pay (/srv/a.js:1:2)', 'nodejs', 'node'],
    ['Error: x\n    at pay (https://h/a.js:1:2)', 'webjs', 'javascript'],
    ['pay@https://h/a.js:1:2\nglobal code@https://h/a.js:3:4', 'webjs', 'javascript'],
    ['pay@https://h/a.js:1:2', 'webjs', 'javascript'],
  ]
  for (const [stacktrace, language, platform] of table) {
    const found = parse({ type: 'Error', message: 'x', stacktrace, language })
    assert.equal([found.platform, found.exceptions[0]?.frames.at(-1)?.function], [platform, 'pay'])
  }
  const stacktrace =
    'Traceback (most recent call last):\n  File "a.py", line 8, in f\nKeyError: 1\n'
  const found = parse({ type: 'KeyError', message: '1', stacktrace, language: 'python' })
  assert.equal(found, {
    platform: 'other',
    exceptions: [{ type: 'KeyError', value: '1', frames: [] }],
    isWhole: false,
  })
})

ofJavaScript.run()
