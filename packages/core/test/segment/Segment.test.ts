import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Forest from '../../src/segment/Forest.ts'
import * as Payload from '../../src/segment/Payload.ts'
import * as _ from '../../src/segment/Segment.ts'
import { segmentsOf } from '../../src/segment/segmentsOf.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const segmentsFrom = (spans: ReadonlyArray<Span>): ReadonlyArray<_.Segment<SentrySpan>> =>
  segmentsOf(
    Forest.fromNodes(Payload.json.compare)(
      describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: Payload.json })(spans)
        .nodes,
    ),
  )

const ENTRY = span({ spanId: spanId(1), name: 'entry' })
const CHILD = span({ spanId: spanId(2), parentSpanId: spanId(1), name: 'child' })

/** Two spans whose parent is missing: the one with the smaller id starts later. */
const ORPHANS = [
  span({
    spanId: spanId(3),
    parentSpanId: spanId(9),
    startMicros: Micros.of(1_700_000_000_500_000),
  }),
  span({ spanId: spanId(4), parentSpanId: spanId(9) }),
]

const folds = suite('Segment')

folds('an entry with its descendants', () => {
  const [segment, ...others] = segmentsFrom([CHILD, ENTRY])
  assert.is(others.length, 0)
  if (segment === undefined) return assert.unreachable()
  assert.equal(
    _.nodes(segment).map((node) => node.spanId),
    [spanId(1), spanId(2)],
  )
  assert.is(_.first(segment)?.spanId, spanId(1))
  assert.is(_.routingNode(segment)?.spanId, spanId(1))
  assert.is(_.continuedName(segment), 'entry')
  assert.is(_.serviceOf(segment).name, 'shop')
  assert.is(_.end(segment), ENTRY.endMicros)
  assert.equal(
    _.nodes(segment).map((node) => _.isEntry(segment, node)),
    [true, false],
  )
})

folds('siblings below a synthetic root', () => {
  const [segment, ...others] = segmentsFrom(ORPHANS)
  assert.is(others.length, 0)
  if (segment === undefined) return assert.unreachable()
  assert.equal(
    _.nodes(segment).map((node) => node.spanId),
    [spanId(4), spanId(3)],
  )
  assert.is(_.first(segment)?.spanId, spanId(4))
  assert.is(_.routingNode(segment)?.spanId, spanId(3))
  assert.is(_.continuedName(segment), undefined)
  assert.is(_.serviceOf(segment).name, 'shop')
  assert.is(_.end(segment), span().endMicros)
  assert.not(_.nodes(segment).some((node) => _.isEntry(segment, node)))
})

folds.run()

const ord = suite('Segment.Ord')

ord('orders by start, then trace id, then span id', () => {
  const [first, second, third, fourth] = [
    span({ traceId: traceId(9), startMicros: Micros.of(1) }),
    span({ traceId: traceId(1), spanId: spanId(1), startMicros: Micros.of(2) }),
    span({ traceId: traceId(1), spanId: spanId(2), startMicros: Micros.of(2) }),
    span({ traceId: traceId(2), startMicros: Micros.of(2) }),
  ].map((one) => segmentsFrom([one])[0] as _.Segment<SentrySpan>)
  const all = [fourth, second, third, first].flatMap((one) => (one === undefined ? [] : [one]))
  assert.equal(all.sort(_.Ord.compare), [first, second, third, fourth])
  assert.ok(all.every((one) => _.Ord.equals(one, one)))
})

ord.run()
