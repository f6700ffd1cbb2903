import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/javascript/safari.ts'
import { calls, check, locationsOf, name, read, word } from '../print.ts'

const parser = suite('parser')

parser('reads what Safari prints', () => {
  const fun = fc.oneof(word, fc.constantFrom('', 'global code', 'module code', 'eval code'))
  check(fc.tuple(name, calls(fun, '.js')), ([type, stack]) => {
    const text = stack.map((c) => `${c.fun}@http://h${encodeURI(c.file)}:${c.line}:${c.column}`)
    const [exception] = read(_.safari, type, ['map@[native code]', ...text].join('\n'))
    assert.equal(locationsOf(exception), [
      ['map', '[native code]', undefined, undefined],
      ...stack.map((c) => [c.fun || '?', `http://h${encodeURI(c.file)}`, c.line, c.column]),
    ])
  })
})

parser('reads a name without a location, and a location without a name', () => {
  const text = 'inner@\neval code@\nhttp://h/a.js:1:2'
  assert.equal(locationsOf(read(_.safari, 'E', text, 'm')[0]), [
    ['inner', undefined, undefined, undefined],
    ['eval code', undefined, undefined, undefined],
    ['?', 'http://h/a.js', 1, 2],
  ])
})

parser('reads a name before an @ as a call only if another line has a location', () => {
  assert.equal(read(_.safari, 'E', 'mail me@\n', 'm')[0]?.frames, [])
})

parser.run()
