import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { type HistoryEvent, history } from '@sentry-exporter/workspace/histories'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as IdMap from '../../src/internal/persistent/IdMap.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { Span } from '../../src/model/Span.ts'
import * as Pending from '../../src/pending/Pending.ts'
import * as PendingTrace from '../../src/pending/PendingTrace.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

/** A memory that remembers which payloads wait, and moves all of them at every eighth step. */
const recording = (): {
  readonly memory: Payload.PayloadMemory<SentrySpan>
  readonly waiting: () => ReadonlyArray<string>
} => {
  let asked = 0
  let waiting: ReadonlyMap<SentrySpan, number> = new Map()
  const change = (value: SentrySpan, by: number): void => {
    const changed = new Map(waiting)
    const count = (changed.get(value) ?? 0) + by
    if (count === 0) changed.delete(value)
    else changed.set(value, count)
    waiting = changed
  }
  return {
    waiting: () =>
      [...waiting].map(([{ trace_id, span_id }, count]) => `${trace_id} ${span_id} ${count}`),
    memory: {
      add: ({ value }) => change(value, 1),
      remove: ({ value }) => change(value, -1),
      isSparse: () => ++asked % 8 === 0,
      move: (all) => {
        const moved = new Map(all.map(({ value }) => [value, { ...value }]))
        waiting = new Map([...moved.values()].map((value) => [value, 1]))
        return (value) => moved.get(value) ?? value
      },
    },
  }
}

const waitingIn = ({ traces }: Pending.Pending<SentrySpan>): ReadonlyArray<string> =>
  IdMap.entries(traces).flatMap(([, trace]) =>
    PendingTrace.nodesOf(trace).map(
      ({ value: { trace_id, span_id } }) => `${trace_id} ${span_id} 1`,
    ),
  )

const sorted = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

/** Orphans beside which the spans of a history arrive: the trace is not linked as a whole. */
const crowd = (trace: number): ReadonlyArray<Span> =>
  Array.from({ length: 80 }, (_, n) =>
    span({
      traceId: traceId(trace),
      spanId: spanId(10_000 + n),
      parentSpanId: spanId(9_999),
      flags: 0x101,
    }),
  )

const PATIENT: Limits.Limits = { ...Limits.inProcess, lateWindowMillis: 1_000 }

const laws = suite('Pending.step with a memory')

for (const withCrowd of [false, true]) {
  laws(
    `reports each payload that waits${withCrowd ? ', beside others' : ''}, and moves all`,
    () => {
      fc.assert(
        fc.property(history, ({ limits: small, occurrences }) => {
          const { settleMillis, maxWaitMillis } = small
          const limits = withCrowd ? { ...PATIENT, settleMillis, maxWaitMillis } : small
          const { memory, waiting } = recording()
          const moving = Pending.step(limits, Payload.json.compare, memory)
          const plain = Pending.step(limits, Payload.json.compare)
          const toNodes = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })
          const first: HistoryEvent = { _tag: 'Arrived', afterMillis: 0, spans: crowd(1) }
          let nowMillis = 1_000
          let [moved, unmoved]: ReadonlyArray<Pending.Pending<SentrySpan>> = [
            Pending.empty,
            Pending.empty,
          ]
          for (const one of withCrowd ? [first, ...occurrences] : occurrences) {
            if (one._tag === 'Restart') continue
            nowMillis += one.afterMillis
            const input: Pending.PendingInput<SentrySpan> =
              one._tag === 'Tick'
                ? { _tag: 'Tick', nowMillis }
                : { _tag: 'Arrived', nowMillis, nodes: toNodes(one.spans).nodes }
            const expected = plain(unmoved ?? Pending.empty, input)
            const actual = moving(moved ?? Pending.empty, input)
            assert.equal(actual.ready, expected.ready)
            assert.equal(actual.losses, expected.losses)
            assert.is(actual.wakeAtMillis, expected.wakeAtMillis)
            assert.is(actual.state.bytes, expected.state.bytes)
            assert.equal(sorted(waiting()), sorted(waitingIn(actual.state)))
            moved = actual.state
            unmoved = expected.state
          }
        }),
        { numRuns: 150 },
      )
    },
  )
}

laws.run()
