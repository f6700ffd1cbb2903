import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Batch.ts'

const REJECTED = { path: 'resourceSpans[0]', expected: 'an object', actual: '"x"' }

const concatAll = suite('Batch.concatAll')

concatAll('appends spans and rejected parts, and adds repairs', () => {
  const [first, second] = [span({ name: 'first' }), span({ name: 'second' })]
  assert.equal(
    _.concatAll([
      { spans: [first], rejected: [REJECTED], repairs: { rounded: 1 } },
      _.empty,
      { spans: [second], rejected: [], repairs: { rounded: 2, nested: 1 } },
    ]),
    { spans: [first, second], rejected: [REJECTED], repairs: { nested: 1, rounded: 3 } },
  )
  assert.equal(_.concatAll([]), _.empty)
})

concatAll.run()

const losses = suite('Batch.losses')

losses('counts each rejected part as one invalid span', () => {
  const batch = { spans: [span()], rejected: [REJECTED, REJECTED], repairs: { nested: 1 } }
  assert.is(_.spansIn(batch), 3)
  assert.equal(_.losses(batch), { invalid: 2, nested: 1 })
  assert.equal(_.losses(_.empty), {})
})

losses.run()
