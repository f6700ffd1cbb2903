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
  assert.equal(header, { type: 'Error', value: message, end: text.length, isCertain: true })
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
  assert.equal(header, { type: 'Error', value: 'one\ntwo', end: 14, isCertain: false })
})

read('gives the attributes for a text that starts with a frame', () => {
  const known = { type: 'T', message: 'm' }
  const header = _.read('    at f (a.js:1:2)', known, isFrame)
  assert.equal(header, { type: 'T', value: 'm', end: 0, isCertain: false })
})

read.run()

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
