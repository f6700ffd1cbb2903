import * as Batch from '@sentry-exporter/core/Batch'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Replay.ts'

const renew = suite('Replay.renew')

const link = {
  traceId: traceId(2),
  spanId: spanId(1),
  traceState: '',
  attributes: {},
  flags: undefined,
  droppedAttributes: 0,
}

const batch: Batch.Batch = {
  ...Batch.empty,
  spans: [
    span({ spanId: spanId(1) }),
    span({ spanId: spanId(2), parentSpanId: spanId(1), links: [link] }),
    span({ traceId: traceId(2), spanId: spanId(1) }),
  ],
}

renew('shifts all times so that the newest end is now, and keeps durations', () => {
  const { spans } = _.renew({ salt: 'a', nowMillis: 2_000_000_000_000 })(batch)
  assert.is(Math.max(...spans.map(({ endMicros: end }) => end)), 2_000_000_000_000_000)
  assert.equal(
    spans.map(({ startMicros: start, endMicros: end }) => end - start),
    batch.spans.map(({ startMicros: start, endMicros: end }) => end - start),
  )
})

renew('derives all ids again, and keeps the trees and the links between traces', () => {
  const { spans } = _.renew({ salt: 'a', nowMillis: 0 })(batch)
  const [root, child, other] = spans
  assert.is.not(root?.traceId, traceId(1))
  assert.is(child?.parentSpanId, root?.spanId)
  assert.is(child?.traceId, root?.traceId)
  assert.is(child?.links[0]?.traceId, other?.traceId)
  assert.is(child?.links[0]?.spanId, other?.spanId)
  assert.is.not(other?.spanId, root?.spanId)
})

renew('gives the same ids for the same salt only', () => {
  const ids = (salt: string): ReadonlyArray<string> =>
    _.renew({ salt, nowMillis: 0 })(batch).spans.map((one) => one.spanId)
  assert.equal(ids('a'), ids('a'))
  assert.is.not(ids('a')[0], ids('b')[0])
})

renew.run()
