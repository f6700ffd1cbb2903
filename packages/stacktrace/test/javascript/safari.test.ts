import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/javascript/safari.ts'
import { calls, check, name, placesOf, read, word } from '../print.ts'

const parser = suite('parser')

parser('reads what Safari prints', () => {
  const fun = fc.oneof(word, fc.constantFrom('', 'global code', 'module code', 'eval code'))
  check(fc.tuple(name, calls(fun, '.js')), ([type, made]) => {
    const text = made.map((c) => `${c.fun}@http://h${encodeURI(c.file)}:${c.line}:${c.column}`)
    const [exception] = read(_.safari, type, ['map@[native code]', ...text].join('\n'))
    assert.equal(placesOf(exception), [
      ['map', '[native code]', undefined, undefined],
      ...made.map((c) => [c.fun || '?', `http://h${encodeURI(c.file)}`, c.line, c.column]),
    ])
  })
})

parser('reads a name without a place, and a place without a name', () => {
  const text = 'inner@\neval code@\nhttp://h/a.js:1:2'
  assert.equal(placesOf(read(_.safari, 'E', text, 'm')[0]), [
    ['inner', undefined, undefined, undefined],
    ['eval code', undefined, undefined, undefined],
    ['?', 'http://h/a.js', 1, 2],
  ])
})

parser('takes a name before an @ for no call where nothing else is one', () => {
  assert.equal(read(_.safari, 'E', 'mail me@\n', 'm')[0]?.frames, [])
})

parser.run()
