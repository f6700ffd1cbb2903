import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/QueueState.ts'
import { sealed } from '../envelopes.ts'

const LIMITS: _.QueueLimits = {
  maxItems: 2,
  maxBytes: Number.POSITIVE_INFINITY,
  overflow: 'dropNewest',
  concurrency: 1,
}

const state = suite('QueueState')

state('counts the waiting envelopes and their cost', () => {
  const two = _.enqueued(_.enqueued(_.empty, 'errors', 10), 'others', 20)
  assert.equal(_.loadOf(two), { items: 2, bytes: 30 + 2 * _.OVERHEAD_BYTES })
  assert.equal([two.errors, two.others], [1, 1])
  assert.equal(_.dequeued(_.dequeued(two, 'others', 20), 'errors', 10), _.empty)
  assert.equal(_.loadOf(_.empty), { items: 0, bytes: 0 })
})

state('limits the simultaneous deliveries', () => {
  const one = _.running(_.empty, 1)
  assert.equal([_.canStart(LIMITS, _.empty), _.canStart(LIMITS, one)], [true, false])
  assert.equal(_.running(one, -1), _.empty)
})

state('sends errors first, and evicts them last', () => {
  const error = _.enqueued(_.empty, 'errors', 1)
  const both = _.enqueued(error, 'others', 1)
  assert.equal([_.next(_.empty), _.next(error), _.next(both)], [undefined, 'errors', 'errors'])
  assert.equal([_.evictedLine(error), _.evictedLine(both)], ['errors', 'others'])
})

state('takes the rest of a batch above the bounds', () => {
  const [batch, other] = [{}, {}]
  const admit = _.admit(LIMITS)
  const full = _.accepted(_.enqueued(_.enqueued(_.empty, 'others', 1), 'others', 1), batch)
  assert.is(admit(full, sealed('transaction', 'a', { batch })), 'take')
  assert.is(admit(full, sealed('transaction', 'a', { batch: other })), 'refuse')
  assert.is(admit(full, sealed('transaction')), 'refuse')
  assert.is(admit(_.accepted(full, undefined), sealed('transaction')), 'refuse')
})

state.run()
