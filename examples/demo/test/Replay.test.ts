import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Replay.ts'

const span = (spanId: string, fields: object = {}): object => ({
  traceId: 'a'.repeat(32),
  spanId: spanId.repeat(16),
  startTimeUnixNano: '1700000000000000001',
  endTimeUnixNano: '1700000001000000002',
  ...fields,
})

const REQUESTS = [
  [
    span('1'),
    span('2', {
      parentSpanId: '1'.repeat(16),
      links: [{ traceId: 'B'.repeat(32), spanId: '3'.repeat(16) }],
    }),
  ],
  [span('3', { traceId: 'b'.repeat(32), endTimeUnixNano: '1700000009000000000' })],
].map((spans) => JSON.stringify(spans))

interface SpanText {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly links?: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>
}

const renewed = (salt: string, nowMillis = 0): ReadonlyArray<SpanText> =>
  _.renew({ salt, nowMillis })(REQUESTS).flatMap(
    (text): ReadonlyArray<SpanText> => JSON.parse(text),
  )

const renew = suite('Replay.renew')

renew(
  'shifts all times so that the newest end is now, and keeps durations to the nanosecond',
  () => {
    const spans = renewed('a', 2_000_000_000_000)
    const times = spans.map((one) => [BigInt(one.startTimeUnixNano), BigInt(one.endTimeUnixNano)])
    assert.equal(
      times.map(([start = 0n, end = 0n]) => end - start),
      [1_000_000_001n, 1_000_000_001n, 8_999_999_999n],
    )
    assert.is(times[2]?.[1], 2_000_000_000_000_000_000n)
  },
)

renew('derives all ids again, and keeps the trees and the links between traces', () => {
  const [root, child, other] = renewed('a')
  assert.is.not(root?.traceId, 'a'.repeat(32))
  assert.equal([child?.traceId, child?.parentSpanId], [root?.traceId, root?.spanId])
  // The id of the link was written in upper case.
  assert.equal(child?.links, [{ traceId: other?.traceId, spanId: other?.spanId }])
  assert.is.not(other?.spanId, root?.spanId)
})

renew('gives the same ids for the same salt only', () => {
  const ids = (salt: string): ReadonlyArray<string> => renewed(salt).map(({ spanId }) => spanId)
  assert.equal(ids('a'), ids('a'))
  assert.is.not(ids('a')[0], ids('b')[0])
})

renew.run()
