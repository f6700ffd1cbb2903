import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import * as pendingLaws from '@sentry-exporter/workspace/pendingLaws'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import * as _ from '../../src/pending/Pending.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as DroppedSpan from '../../src/segment/DroppedSpan.ts'
import * as Node from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { Segment } from '../../src/segment/Segment.ts'
import * as SyntheticRoot from '../../src/segment/SyntheticRoot.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const laws = suite('Pending: laws')

for (const law of pendingLaws.all) laws(law.name, () => law.check({ runs: 300 }))

laws.run()

type Value = SentrySpan

const nodes = (
  spans: ReadonlyArray<Span>,
): ReturnType<ReturnType<typeof describe<SentrySpan>>>['nodes'] =>
  describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: Payload.json })(spans).nodes

const at = (n: number, parent: number | undefined, fields: Partial<Span> = {}): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    startMicros: Micros.of(1_700_000_000_000_000 + n),
    name: `s${n}`,
    flags: 0x101,
    ...fields,
  })

const SECOND = 1_000

/** `name: below, below` of each segment; a synthetic root has no name. */
const show = (segments: ReadonlyArray<Segment<Value>>): ReadonlyArray<string> =>
  segments.map(
    ({ root, descendants, origin }) =>
      `${SyntheticRoot.isSynthetic(root) ? '-' : Node.nameOf(root)}${origin._tag === 'Entry' ? '' : ` (${origin.reason} of ${origin.continues})`}: ${descendants.map(Node.nameOf).join(', ')}`,
  )

interface Run {
  readonly arrive: (nowMillis: number, ...spans: ReadonlyArray<Span>) => ReadonlyArray<string>
  readonly tick: (nowMillis: number) => ReadonlyArray<string>
  readonly flush: (nowMillis: number) => ReadonlyArray<string>
  readonly apply: (input: _.PendingInput<Value>) => ReadonlyArray<string>
  readonly last: () => _.PendingStep<Value>
}

const start = (limits: Partial<Limits.Limits> = {}): Run => {
  const next = _.step<Value>({ ...Limits.gateway, ...limits }, () => 0)
  let step: _.PendingStep<Value> = {
    state: _.empty,
    ready: [],
    early: [],
    accepted: new Map(),
    losses: {},
    wakeAtMillis: undefined,
  }
  const apply = (input: _.PendingInput<Value>): ReadonlyArray<string> => {
    step = next(step.state, input)
    return show(step.ready)
  }
  return {
    arrive: (nowMillis, ...spans) => apply({ _tag: 'Arrived', nowMillis, nodes: nodes(spans) }),
    tick: (nowMillis) => apply({ _tag: 'Tick', nowMillis }),
    flush: (nowMillis) => apply({ _tag: 'Flush', nowMillis }),
    apply,
    last: () => step,
  }
}

const time = suite('Pending.step: time')

time(
  'a segment is ready when its entry is there and nothing was added for the settling time',
  () => {
    const { arrive, tick, last } = start()
    assert.equal(arrive(0, at(2, 1)), [])
    assert.equal(arrive(1 * SECOND, at(1, undefined)), [])
    assert.equal(arrive(5 * SECOND, at(3, 1)), [])
    assert.equal(tick(8 * SECOND), [])
    assert.is(last().wakeAtMillis, 12 * SECOND)
    assert.equal(tick(12 * SECOND), ['s1: s2, s3'])
    assert.is(last().state.nodes, 0)
  },
)

time('... or the longest wait after the entry came, whatever is still added', () => {
  const { arrive } = start()
  arrive(0, at(1, undefined))
  for (let second = 5; second < 30; second += 5) {
    assert.equal(arrive(second * SECOND, at(second, 1)), [])
  }
  assert.equal(arrive(30 * SECOND), ['s1: s5, s10, s15, s20, s25'])
})

time('what is added to one segment does not hold up another one of the trace', () => {
  const { arrive, tick } = start()
  const orders = { resource: resource('orders'), flags: 0x301, kind: 'SERVER' as const }
  arrive(0, at(1, undefined), at(2, 1, orders))
  arrive(5 * SECOND, at(3, 1))
  assert.equal(tick(7 * SECOND), ['s2: '])
  assert.equal(tick(12 * SECOND), ['s1: s3'])
})

time('in the own process no segment waits', () => {
  const { arrive } = start(Limits.inProcess)
  assert.equal(arrive(0, at(2, 1)), [])
  assert.equal(arrive(0, at(1, undefined)), ['s1: s2'])
})

time('spans without an entry wait ten minutes since the last of them, and an hour at most', () => {
  const { arrive, tick } = start()
  const minute = 60 * SECOND
  arrive(0, at(2, 1))
  for (let n = 1; n < 7; n++) assert.equal(arrive(n * 9 * minute, at(n + 2, 2)), [])
  assert.equal(tick(60 * minute), ['s2 (missing-parent of undefined): s3, s4, s5, s6, s7, s8'])
})

time('spans of a trace whose entry is known to be open wait an hour, whatever is added', () => {
  const { arrive, apply } = start()
  const minute = 60 * SECOND
  const openTraces = new Set([traceId(1)])
  arrive(0, at(2, 1))
  assert.equal(apply({ _tag: 'Tick', nowMillis: 10 * minute, openTraces }), [])
  assert.equal(apply({ _tag: 'Tick', nowMillis: 59 * minute, openTraces }), [])
  assert.equal(apply({ _tag: 'Tick', nowMillis: 60 * minute, openTraces }), [
    's2 (missing-parent of undefined): ',
  ])
})

time('the root of a stream of twenty minutes finds its children, if it is known to be open', () => {
  const { arrive, apply } = start(Limits.inProcess)
  const minute = 60 * SECOND
  const openTraces = new Set([traceId(1)])
  arrive(0, at(2, 1))
  apply({ _tag: 'Tick', nowMillis: 10 * minute, openTraces })
  assert.equal(arrive(20 * minute, at(3, 1), at(1, undefined)), ['s1: s2, s3'])
})

time('the root of a job of ten minutes finds its children', () => {
  const { arrive, tick } = start()
  for (let minute = 0; minute < 10; minute++) arrive(minute * 60 * SECOND, at(minute + 2, 1))
  arrive(10 * 60 * SECOND, at(1, undefined))
  assert.equal(tick(10 * 60 * SECOND + 7 * SECOND), [
    's1: s2, s3, s4, s5, s6, s7, s8, s9, s10, s11',
  ])
})

time('time never goes back', () => {
  const { arrive, tick } = start()
  arrive(10 * SECOND, at(1, undefined))
  assert.equal(tick(0), [])
  assert.equal(tick(17 * SECOND), ['s1: '])
})

time.run()

const late = suite('Pending.step: late spans')

late('children that come after their root continue the transaction they belong to', () => {
  const { arrive, tick } = start()
  arrive(0, at(1, undefined), at(2, 1))
  assert.equal(tick(7 * SECOND), ['s1: s2'])
  assert.equal(arrive(60 * SECOND, at(3, 2), at(4, 3)), [])
  assert.equal(tick(67 * SECOND), ['s3 (late of s1): s4'])
  arrive(70 * SECOND, at(5, 1), at(6, 1))
  assert.equal(tick(77 * SECOND), ['- (late of s1): s5, s6'])
  // A child of a late child continues the same transaction.
  arrive(80 * SECOND, at(7, 4))
  assert.equal(tick(87 * SECOND), ['s7 (late of s1): '])
})

late('in the own process they are gathered until nothing was added for a second', () => {
  const { arrive, tick, last } = start(Limits.inProcess)
  assert.equal(arrive(0, at(1, undefined)), ['s1: '])
  assert.equal(arrive(100, at(2, 1)), [])
  assert.equal(arrive(900, at(3, 1)), [])
  assert.equal(tick(1_100), [])
  assert.is(last().wakeAtMillis, 1_900)
  assert.equal(tick(1_900), ['- (late of s1): s2, s3'])
})

late('they are gathered for no longer than the longest wait', () => {
  const { arrive, tick, last } = start({ ...Limits.inProcess, maxWaitMillis: 2_000 })
  arrive(0, at(1, undefined))
  for (let n = 0; n < 4; n++) arrive(500 * n + 100, at(n + 2, 1))
  assert.equal(tick(2_099), [])
  assert.equal(tick(2_100), ['- (late of s1): s2, s3, s4, s5'])
  assert.is(last().state.nodes, 0)
})

late('an entry that comes meanwhile does not wait with them', () => {
  const { arrive, tick } = start(Limits.inProcess)
  arrive(0, at(1, undefined))
  arrive(100, at(2, 1))
  const entry = at(3, 2, { flags: 0x301, kind: 'SERVER' })
  assert.equal(arrive(200, entry), ['s3: '])
  assert.equal(tick(1_100), ['s2 (late of s1): '])
})

late('a copy of a span that was sent is counted and dropped', () => {
  const { arrive, tick, last } = start()
  arrive(0, at(1, undefined))
  tick(7 * SECOND)
  assert.equal(arrive(8 * SECOND, at(1, undefined)), [])
  assert.equal(last().losses, { duplicate: 1 })
  assert.is(last().state.nodes, 0)
})

late('a sent span is not known any more after the window', () => {
  const { arrive, tick, last } = start({ lateWindowMillis: 60 * SECOND })
  arrive(0, at(1, undefined))
  tick(7 * SECOND)
  tick(67 * SECOND)
  assert.is(last().state.remembered, 0)
  arrive(68 * SECOND, at(2, 1))
  assert.equal(tick(668 * SECOND), ['s2 (missing-parent of undefined): '])
})

late.run()

const dropped = suite('Pending.step: dropped spans')

const drop = (run: Run, ...spans: ReadonlyArray<Span>): ReadonlyArray<string> =>
  run.apply({ _tag: 'Arrived', nowMillis: 0, nodes: [], dropped: spans.map(DroppedSpan.of) })

dropped(
  'their children are reparented to the nearest kept ancestor, before or after they arrive',
  () => {
    for (const isFirst of [true, false]) {
      const one = start()
      if (isFirst) drop(one, at(2, 1), at(3, 2))
      one.arrive(0, at(1, undefined), at(4, 3), at(5, 4))
      if (!isFirst) drop(one, at(2, 1), at(3, 2))
      assert.equal(one.flush(1), ['s1: s4, s5'])
      const [segment] = one.last().ready
      assert.equal(
        segment?.descendants.map(({ parentSpanId, originalParentSpanId }) => [
          parentSpanId,
          originalParentSpanId,
        ]),
        [
          [spanId(1), spanId(3)],
          [spanId(4), undefined],
        ],
      )
    }
  },
)

dropped('a dropped entry takes its segment with it, counted, but no entry below it', () => {
  const one = start()
  drop(one, at(1, undefined))
  assert.equal(one.last().losses, { before_send: 1 })
  one.arrive(0, at(2, 1), at(3, 2), at(4, 3, { flags: 0x301, kind: 'SERVER' }))
  assert.equal(one.flush(1), ['s4: '])
  assert.equal(one.last().losses, { before_send: 2 })
  assert.is(one.last().state.nodes, 0)
})

dropped('a circle of dropped spans is an entry that was dropped', () => {
  const one = start()
  drop(one, at(1, 2), at(2, 1))
  one.arrive(0, at(3, 1), at(4, 3))
  assert.equal(one.flush(1), [])
  assert.equal(one.last().losses, { before_send: 2 })
})

dropped('are forgotten like sent ones', () => {
  const one = start({ lateWindowMillis: 60 * SECOND })
  drop(one, at(1, undefined))
  assert.is(one.last().state.remembered, 1)
  one.tick(60 * SECOND)
  assert.is(one.last().state.remembered, 0)
  assert.is(one.last().wakeAtMillis, undefined)
})

dropped.run()

const limits = suite('Pending.step: limits')

const inTrace = (n: number): Partial<Span> => ({ traceId: traceId(n) })

limits('send out early the trace whose last arrival is the oldest', () => {
  const { arrive } = start({ maxTraces: 2 })
  arrive(0, at(2, 1, inTrace(1)))
  arrive(1, at(3, 1, inTrace(2)))
  arrive(2, at(4, 1, inTrace(1)))
  assert.equal(arrive(3, at(5, 1, inTrace(3))), ['s3 (missing-parent of undefined): '])
})

limits('hold the bytes that wait', () => {
  const { arrive, last } = start({ maxPendingBytes: 5_000 })
  for (let n = 1; n < 50; n++) {
    arrive(n, at(n + 1, 1, inTrace(n)))
    assert.ok(last().state.bytes <= 5_000)
  }
})

limits('hold the spans of one trace, and what comes after continues it', () => {
  const { arrive, last } = start({ maxSpansPerTrace: 3 })
  assert.equal(arrive(0, at(2, 1), at(3, 2), at(4, 2)), [])
  assert.equal(arrive(1, at(5, 2)), ['s2 (missing-parent of undefined): s3, s4, s5'])
  arrive(2, at(6, 2))
  assert.is(last().wakeAtMillis, 2 + 7 * SECOND)
})

limits('hold what is remembered', () => {
  const { arrive, last } = start({ ...Limits.inProcess, maxRememberedSpans: 5 })
  for (let n = 1; n < 50; n++) {
    arrive(n, at(1, undefined, inTrace(n)), at(2, 1, inTrace(n)))
    assert.ok(last().state.remembered <= 5)
  }
})

limits('a flush that keeps orphans releases the segments whose entry is there', () => {
  const { arrive, apply, last } = start()
  arrive(0, at(1, undefined), at(2, 1), at(3, 9, inTrace(2)))
  const entered = { _tag: 'Flush', nowMillis: 1, keepsOrphans: true } as const
  assert.equal(apply(entered), ['s1: s2'])
  assert.is(last().state.nodes, 1)
  assert.equal(apply(entered), [])
  // A late child waits for others, and its parent was sent.
  arrive(2, at(4, 1))
  assert.equal(apply({ ...entered, nowMillis: 2 }), ['s4 (late of s1): '])
  assert.equal(apply({ _tag: 'Tick', nowMillis: 600 * SECOND }), [
    's3 (missing-parent of undefined): ',
  ])
})

limits('a flush that keeps orphans finds the segments of large traces too', () => {
  const { arrive, apply } = start(Limits.inProcess)
  const crowd = Array.from({ length: 40_000 }, (_, n) => at(n + 10, 9))
  arrive(0, at(1, undefined))
  arrive(0, ...crowd, at(2, 1))
  arrive(900, at(3, 1))
  // The crowd is linked again only after two seconds.
  assert.equal(apply({ _tag: 'Tick', nowMillis: 1_000 }), [])
  assert.equal(apply({ _tag: 'Flush', nowMillis: 1_000, keepsOrphans: true }), [
    '- (late of s1): s2, s3',
  ])
})

limits('a flush releases everything', () => {
  const { arrive, flush, last } = start()
  arrive(0, at(1, undefined), at(2, 1, inTrace(2)))
  assert.equal(flush(1), ['s1: ', 's2 (missing-parent of undefined): '])
  assert.is(last().state.nodes, 0)
})

limits.run()
