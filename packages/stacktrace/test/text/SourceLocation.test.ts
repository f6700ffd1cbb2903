import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/SourceLocation.ts'

const parse = suite('parse')

parse('reads from the right end, since a file may hold colons', () => {
  assert.equal(_.parse('C:\\a b:3:12:34', 2), { file: 'C:\\a b:3', numbers: [12, 34] })
  assert.equal(_.parse('/a.rb:6', 1), { file: '/a.rb', numbers: [6] })
})

parse('refuses what does not end with so many numbers', () => {
  for (const text of ['', 'a', 'a:', 'a:1', '1:2', 'a:1:', 'a:1:x', 'a:1:12345678901'])
    assert.is(_.parse(text, 2), undefined)
})

parse.run()

const position = suite('position')

position('counts from 1', () => {
  assert.is(_.position('12'), 12)
  for (const none of [undefined, '', '0', 0, -1]) assert.is(_.position(none), undefined)
})

position.run()
