import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as _ from '../../src/pending/SentHistory.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as DroppedSpan from '../../src/segment/DroppedSpan.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { Segment } from '../../src/segment/Segment.ts'
import * as SegmentOrigin from '../../src/segment/SegmentOrigin.ts'

const toNodes = describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: Payload.json })

/** A segment of so many spans, whose ids are numbered from 1. */
const segment = (trace: number, spans: number): Segment<unknown> => {
  const { nodes } = toNodes(
    Array.from({ length: spans }, (_unused, n) =>
      span({ traceId: traceId(trace), spanId: spanId(n + 1), name: `trace ${trace}` }),
    ),
  )
  const [root, ...below] = nodes
  if (root === undefined) throw new Error('a segment has a root')
  return { origin: SegmentOrigin.entry('no-parent'), root, descendants: below }
}

const droppedSpan = (trace: number, n: number): DroppedSpan.DroppedSpan =>
  DroppedSpan.of(span({ traceId: traceId(trace), spanId: spanId(n) }))

const LIMITS: Limits.Limits = {
  ...Limits.gateway,
  lateWindowMillis: 1_000,
  maxRememberedSpans: 100,
}

const history = suite('SentHistory')

history('forgets the oldest where there are too many: three quarters stay', () => {
  let made = _.empty
  for (let n = 1; n <= 1_000; n++) {
    made = _.recordSent(LIMITS)(made, segment(n, 1), 0)
    assert.is(_.size(made), Math.min(n, 76 + ((n + 24) % 25)))
    for (let before = Math.max(1, n - 74); before <= n; before++) {
      const { sent } = _.ofTrace(made, traceId(before))
      assert.is(sent?.(spanId(1))?.transaction, `trace ${before}`)
    }
    assert.is(_.ofTrace(made, traceId(n - 100)).sent, undefined)
  }
})

history('remembers the last spans of a segment that is too large', () => {
  const made = _.recordSent(LIMITS)(_.empty, segment(1, 1_000), 0)
  assert.is(_.size(made), 100)
  const { sent } = _.ofTrace(made, traceId(1))
  for (let n = 1; n <= 1_000; n++) assert.is(sent?.(spanId(n)) !== undefined, n > 900)
})

history('counts what was sent and what was dropped together, and forgets what is older', () => {
  let made = _.recordSent(LIMITS)(_.empty, segment(1, 40), 0)
  for (let n = 1; n <= 60; n++)
    made = _.recordDropped(LIMITS)(made, traceId(2), [droppedSpan(2, n)], n)
  assert.is(_.size(made), 100)
  made = _.recordDropped(LIMITS)(made, traceId(3), [droppedSpan(3, 1)], 61)
  assert.is(_.ofTrace(made, traceId(1)).sent?.(spanId(1)), undefined)
  const { sent } = _.ofTrace(made, traceId(1))
  for (let n = 26; n <= 40; n++) assert.ok(sent?.(spanId(n)))
  for (let n = 1; n <= 60; n++) {
    assert.is(_.ofTrace(made, traceId(2)).dropped?.(spanId(n))?.spanId, spanId(n))
  }
})

history('a span that was dropped again and again is remembered once', () => {
  let made = _.empty
  for (let n = 1; n <= 1_000; n++)
    made = _.recordDropped(LIMITS)(made, traceId(1), [droppedSpan(1, 7)], n)
  assert.is(made.dropped[0]?.content.values.length, 1)
})

history('remembers for the window, and a quarter longer at most', () => {
  const limits = { ...LIMITS, maxRememberedSpans: 1e6 }
  let made = _.empty
  for (let n = 0; n <= 6; n++) made = _.recordSent(limits)(made, segment(n + 1, 1), n * 100)
  for (const [untilMillis, size] of [
    [1_200, 7],
    [1_500, 4],
    [1_600, 1],
    [Number.POSITIVE_INFINITY, 0],
  ] as const) {
    assert.is(_.size(made), size)
    assert.is(_.expiryMillis(limits)(made), untilMillis)
    assert.is(_.size(_.expire(limits)(made, untilMillis - 1)), size)
    made = _.expire(limits)(made, untilMillis)
  }
  assert.equal(made, _.empty)
})

history('remembers nothing if the limits are zero', () => {
  for (const limits of [
    { ...LIMITS, lateWindowMillis: 0 },
    { ...LIMITS, maxRememberedSpans: 0 },
    { ...LIMITS, maxRememberedSpans: -1 },
  ]) {
    assert.is(_.size(_.recordSent(limits)(_.empty, segment(1, 3), 0)), 0)
    const dropped = _.recordDropped(limits)(_.empty, traceId(1), [droppedSpan(1, 1)], 0)
    assert.is(_.size(_.expire(limits)(dropped, 0)), 0)
  }
})

history.run()
