import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Attributes.ts'

const attributes: _.Attributes = {
  text: 'a',
  blank: '',
  number: 7,
  fraction: 7.5,
  digits: '-42',
  long: '1234567890123456',
  list: ['a'],
}

const text = suite('Attributes.text')

text('gives text only', () => {
  assert.is(_.text(attributes, 'text'), 'a')
  assert.is(_.text(attributes, 'blank'), '')
  for (const key of ['number', 'list', 'absent']) assert.is(_.text(attributes, key), undefined)
})

text.run()

const firstText = suite('Attributes.firstText')

firstText('gives the first text that is not empty', () => {
  assert.is(_.firstText(attributes, ['absent', 'blank', 'number', 'digits', 'text']), '-42')
  assert.is(_.firstText(attributes, ['blank', 'absent']), undefined)
})

firstText.run()

const integer = suite('Attributes.integer')

integer('reads numbers and digits, and nothing that is not an integer', () => {
  assert.is(_.integer(attributes, 'number'), 7)
  assert.is(_.integer(attributes, 'digits'), -42)
  for (const key of ['fraction', 'text', 'blank', 'long', 'list', 'absent']) {
    assert.is(_.integer(attributes, key), undefined, key)
  }
})

integer.run()

const isMap = suite('Attributes.isMap')

isMap('distinguishes maps from lists, bytes and null', () => {
  assert.ok(_.isMap({}))
  for (const value of [[], new Uint8Array(), null, 'a', 1n]) assert.not(_.isMap(value))
})

isMap.run()
