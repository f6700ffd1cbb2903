import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/TraceId.ts'

const parse = suite('TraceId.parse')

parse('takes 32 digits of either case and gives lower case', () => {
  assert.is(_.parse('5B8EFFF798038103D269B633813FC60C'), '5b8efff798038103d269b633813fc60c')
})

parse('refuses all zero, other lengths and other letters', () => {
  for (const bad of ['0'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), 'g'.repeat(32), '']) {
    assert.is(_.parse(bad), undefined)
  }
})

parse.run()

const fromContent = suite('TraceId.fromContent')

fromContent('gives a valid id, the same for the same texts', () => {
  const id = _.fromContent(['run', '17'])
  assert.is(_.parse(id), id)
  assert.is(_.fromContent(['run', '17']), id)
  assert.is.not(_.fromContent(['run', '18']), id)
})

fromContent.run()
