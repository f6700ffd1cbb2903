import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/javascript/firefox.ts'
import { calls, check, locationsOf, name, read, word } from '../print.ts'

const fun = fc.oneof(
  word,
  word.map((outer) => `${outer}/<`),
  word.map((outer) => `./node_modules/@scope/${outer}.js/</<`),
  fc.constantFrom('', 'get total', 'n.later/</<'),
)

const parser = suite('parser')

parser('reads what Firefox prints', () => {
  check(fc.tuple(name, calls(fun, '.js')), ([type, stack]) => {
    const text = stack.map((c) => `${c.fun}@http://h${encodeURI(c.file)}:${c.line}:${c.column}\n`)
    const [exception] = read(_.firefox, type, text.join(''), 'any\nf@http://h/a.js:1:2')
    assert.is(exception?.type, type)
    assert.equal(
      locationsOf(exception),
      stack.map((c) => [c.fun || '?', `http://h${encodeURI(c.file)}`, c.line, c.column]),
    )
  })
})

const lines: ReadonlyArray<readonly [string, unknown]> = [
  ['f@http://h/a.js line 17 > eval line 2 > eval:1:21', ['f', 'http://h/a.js', 17, undefined]],
  ['anonymous@http://h/a.js line 3 > Function:1:2', ['anonymous', 'http://h/a.js', 3, undefined]],
  ['async*load@http://h/a.js:1:2', ['load', 'http://h/a.js', 1, 2]],
  ['promise callback*load/<@http://h/a.js:1:2', ['load/<', 'http://h/a.js', 1, 2]],
  ['f@http://h/@scope/a.js:1:2', ['f', 'http://h/@scope/a.js', 1, 2]],
]
for (const [line, expected] of lines) {
  parser(`reads "${line}"`, () => {
    assert.equal(locationsOf(read(_.firefox, 'E', `${line}\n`, 'm')[0]), [expected])
  })
}

parser('does not read an address as a call', () => {
  assert.equal(
    read(_.firefox, 'E', 'user@host:8080/x\nuser@example.com\nuser@host:80', 'm')[0]?.frames,
    [],
  )
})

parser.run()
