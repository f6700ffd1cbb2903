import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import * as Random from '@sentry-exporter/workspace/Random'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as IdMap from '../../src/internal/persistent/IdMap.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Pending from '../../src/pending/Pending.ts'
import * as _ from '../../src/pending/Schedule.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Payload from '../../src/segment/Payload.ts'

const { nodes } = describe({
  mapping: Mapping.sentry,
  limits: Limits.gateway,
  payload: Payload.json,
})([span(), span({ parentSpanId: spanId(9), flags: 0x101 })])

/** An entry, or a node that waits for its parent. */
const node = (trace: number, n: number, isEntry: boolean): (typeof nodes)[number] => ({
  ...(nodes[isEntry ? 0 : 1] as (typeof nodes)[number]),
  traceId: traceId(trace),
  spanId: spanId(n),
})

type Value = (typeof nodes)[number]['value']

/** Checks the bound of the queues. The entries are counted here, not taken from the sums of the state. */
const checkBounds = (state: Pending.Pending<Value>): void => {
  const traces = IdMap.entries(state.traces)
  for (const [, { count }] of traces) assert.ok(count > 0)
  const max = 2 * traces.length + _.SLACK
  const [timers, arrivals] = cellsOf(state.schedule)
  assert.ok(timers <= max, `${timers} timers of ${traces.length} traces`)
  assert.ok(arrivals <= max, `${arrivals} arrivals of ${traces.length} traces`)
  assert.equal(_.sizes(state.schedule), [timers, arrivals])
  assert.is(state.waitingTraces, traces.length)
}

const cellsOf = ({ timers, arrivals }: _.Schedule): readonly [number, number] => {
  const heap = (top: typeof timers): number => {
    let cells = 0
    const open = top === undefined ? [] : [top]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      cells++
      for (let below = at.children; below !== undefined; below = below.others)
        open.push(below.first)
    }
    return cells
  }
  const queue = ({ front, back }: typeof arrivals): number => {
    let cells = 0
    for (const first of [front, back]) for (let at = first; at !== undefined; at = at.next) cells++
    return cells
  }
  return [heap(timers), queue(arrivals)]
}

interface Traffic {
  readonly limits: Partial<Limits.Limits>
  readonly seed: number
  /** With a trace that only waits, and whose last arrival is before those of all others. */
  readonly withOldest: boolean
}

/** Steps with traces of which some are late and some have no entry. */
const run = ({ limits, seed, withOldest }: Traffic, steps: number): Pending.Pending<Value> => {
  const random = Random.of(seed)
  const next = Pending.step<Value>({ ...Limits.gateway, ...limits }, () => 0)
  let state: Pending.Pending<Value> = Pending.empty
  const apply = (input: Pending.PendingInput<Value>): void => {
    state = next(state, input).state
    checkBounds(state)
  }
  if (withOldest) apply({ _tag: 'Arrived', nowMillis: 1_000, nodes: [node(1, 1, false)] })
  for (let at = 1; at <= steps; at++) {
    const nowMillis = 1_000 + at * 700
    const late = Math.max(2, at - Math.floor(random() * 40))
    const arrived = [
      node(at + 1, 1, random() < 0.8),
      ...(random() < 0.5 ? [node(late, 2 + Math.floor(random() * 9), false)] : []),
    ]
    apply({ _tag: 'Arrived', nowMillis, nodes: arrived })
  }
  return state
}

const removeOutdated = suite('Schedule.removeOutdated')

removeOutdated('a long history keeps entries of waiting traces, and few others', () => {
  const limits: fc.Arbitrary<Traffic['limits']> = fc.record({
    settleMillis: fc.constantFrom(0, 7_000),
    maxWaitMillis: fc.constantFrom(0, 30_000),
    orphanWaitMillis: fc.constantFrom(20_000, 600_000),
    lateWindowMillis: fc.constantFrom(0, 5_000, 600_000),
    maxTraces: fc.constantFrom(5, 100_000),
    maxRememberedSpans: fc.constantFrom(0, 30, 1_000_000),
  })
  fc.assert(
    fc.property(
      fc.record({ limits, seed: fc.nat(), withOldest: fc.boolean() }),
      (traffic) => void run(traffic, 600),
    ),
    { numRuns: 15 },
  )
})

removeOutdated('a trace that waits for long does not keep the entries behind it', () => {
  const limits = { orphanWaitMillis: 1e9, maxOrphanWaitMillis: 1e9, lateWindowMillis: 0 }
  const state = run({ limits: { ...limits, settleMillis: 0 }, seed: 7, withOldest: true }, 1_500)
  assert.ok(IdMap.get(state.traces, traceId(1)) !== undefined)
})

removeOutdated('is empty if nothing waits', () => {
  const next = Pending.step<Value>(Limits.gateway, () => 0)
  let state: Pending.Pending<Value> = Pending.empty
  for (let n = 1; n < 500; n++) {
    state = next(state, { _tag: 'Arrived', nowMillis: n, nodes: [node(n, 1, true)] }).state
  }
  state = next(state, { _tag: 'Flush', nowMillis: 1_000 }).state
  state = next(state, { _tag: 'Tick', nowMillis: 1e9 }).state
  assert.equal(state.schedule, _.empty)
})

removeOutdated.run()
