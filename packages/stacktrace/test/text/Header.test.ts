import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/Header.ts'

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

read('knows a message without a type', () => {
  const header = _.read(`a\n    at b${frames}`, { type: 'T', message: 'a\n    at b' }, isFrame)
  assert.equal([header.type, header.end], ['T', 10])
})

read('knows a type without a message', () => {
  const known = { type: 'shop.Broken', message: undefined }
  assert.is(_.read(`shop.Broken${frames}`, known, isFrame).end, 'shop.Broken'.length)
})

read('takes the whole type of the attribute where the text was cut in it', () => {
  const known = { type: 'Shop\\Payment\\Declined', message: 'x' }
  assert.is(_.read('Shop.Paym', known, isFrame).type, known.type)
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

const condense = suite('condense')

condense('cuts every copy of a message to its first line', () => {
  const text = 'E: a\n  at b\n  at f\nCaused by: F: a\n  at b\n  at g'
  assert.is(_.condense(text, 'a\n  at b'), 'E: a\n  at f\nCaused by: F: a\n  at g')
})

condense('leaves a text alone that only starts like the message', () => {
  assert.is(_.condense('E: a\n  at f', 'a\n  at b'), 'E: a\n  at f')
  assert.is(_.condense('E: a\n  at f', 'a'), 'E: a\n  at f')
})

condense.run()
