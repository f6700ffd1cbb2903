import { spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/EventId.ts'

const fromContent = suite('EventId.fromContent')

fromContent('gives 32 digits that depend on the texts and the members, in any order', () => {
  const [one, other] = [{ spanId: spanId(1) }, { spanId: spanId(2) }]
  const id = _.fromContent(['a'], [one, other])
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.is(_.fromContent(['a'], [other, one]), id)
  assert.is.not(_.fromContent(['a'], [one]), id)
  assert.is.not(_.fromContent(['b'], [one, other]), id)
  assert.is.not(_.fromContent(['a']), _.fromContent(['a'], [one]))
})

fromContent.run()
