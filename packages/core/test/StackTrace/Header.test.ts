import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/StackTrace/Header.ts'

const isFrame = (line: string): boolean => /^\s*at /.test(line)
const frames = '\n    at f (a.js:1:2)\n    at g (b.js:3:4)'
const read = suite('read')

read('ends where the message ends, though its lines look like frames', () => {
  const message = 'two lines\n    at home (user, 10:30)\nCaused by: nothing'
  const text = `Error: ${message}`
  const header = _.read(text + frames, { type: 'Error', message }, isFrame)
  assert.equal(header, { type: 'Error', value: message, end: text.length, certain: true })
})

read('ends where any message ends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (message) => {
      const header = _.read(`a.B: ${message}${frames}`, { type: 'a.B', message }, isFrame)
      assert.is(header.end, 5 + message.length)
    }),
    { numRuns: 200 },
  )
})

read('takes the type of the text where the attribute is an error code', () => {
  const message = 'ENOENT: no such file'
  const header = _.read(`Error: ${message}${frames}`, { type: 'ENOENT', message }, isFrame)
  assert.is(header.type, 'Error')
})

read('knows a type without a message', () => {
  const known = { type: 'shop.Broken', message: undefined }
  assert.is(_.read(`shop.Broken${frames}`, known, isFrame).end, 'shop.Broken'.length)
})

read('lasts until the first frame where no message is known', () => {
  const known = { type: undefined, message: undefined }
  const header = _.read(`Error: one\ntwo${frames}`, known, isFrame)
  assert.equal(header, { type: 'Error', value: 'one\ntwo', end: 14, certain: false })
})

read('gives the attributes for a text that starts with a frame', () => {
  const known = { type: 'T', message: 'm' }
  const header = _.read('    at f (a.js:1:2)', known, isFrame)
  assert.equal(header, { type: 'T', value: 'm', end: 0, certain: false })
})

read.run()

const endOfMessage = suite('endOfMessage')
const samples: ReadonlyArray<readonly [string, string, string, number]> = [
  ['takes an exact message', 'ab c\n', 'ab c', 4],
  ['takes U+FFFD for what was lost', 'a \ufffd\ufffd\ufffd\ufffd b', 'a \u00fc\u{1f600} b', 8],
  ['takes other line breaks', 'a\r\nb', 'a\nb', 4],
  ['takes other indentation', 'a\nb', 'a\n    b', 3],
  ['takes deeper indentation', 'a\n    b', 'a\n  b', 7],
  ['takes a message without its closing blanks', 'a\n  at f', 'a  \n', 1],
  ['ends with a text that was cut inside the message', 'a b', 'a b c', 3],
  ['refuses another message', 'a b', 'a c', -1],
]
for (const [title, text, message, end] of samples) {
  endOfMessage(title, () => assert.is(_.endOfMessage(text, 0, message), end))
}

endOfMessage.run()

const isType = suite('isType')

isType('knows the names languages give', () => {
  for (const name of [
    'Error',
    'a.b.C$D',
    'A::B',
    'Error [ERR_X]',
    '*pay.Declined',
    'E`1[System.Int32]',
  ])
    assert.ok(_.isType(name), name)
})

isType('refuses prose', () => {
  for (const name of ['', 'a b', 'Error: x', 'line\nbreak']) assert.not(_.isType(name), name)
})

isType.run()
