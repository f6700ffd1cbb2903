/** The laws of the states of assembly over time: they are values, and the cost of a step does not change what it gives. */
import { deepStrictEqual } from 'node:assert'
import * as Hook from '@sentry-exporter/core/Hook'
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Mapping from '@sentry-exporter/core/Mapping'
import {
  Assembly,
  defaultErrorRules,
  emitMade,
  Payload,
  Pending,
} from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import { calls, forest } from '@sentry-exporter/testing/arbitrarySpans'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { deepFreeze } from './deepFreeze.ts'
import { type HistoryValue, history, lengths, pieces, run } from './histories.ts'
import * as Law from './Law.ts'

const versions: Law.Law = Law.of(
  'versions: an old state is still good: the same input to it gives the same step',
  history,
  (one) => {
    const next = Pending.step<HistoryValue>(one.limits, Payload.json.compare)
    const checks: Array<() => void> = []
    run(one, (step, before, input) => {
      checks.push(() => {
        const again = next(before, input)
        deepStrictEqual(
          [again.ready, again.early, again.losses, again.wakeAtMillis],
          [step.ready, step.early, step.losses, step.wakeAtMillis],
        )
      })
    })
    for (const check of checks) check()
  },
)

/** A log record about an exception of the span. */
const recordOf = ({ traceId, spanId, startMicros, resource }: Span): LogRecord => ({
  traceId,
  spanId,
  timeMicros: startMicros,
  severity: 17,
  body: 'failed',
  attributes: { 'exception.type': 'Oops' },
  resource,
})

const frozen: Law.Law = Law.of(
  'frozen: a machine whose states and inputs are deep-frozen takes the same steps',
  history,
  ({ limits, occurrences }) => {
    const { initial, step } = Assembly.machine({
      mapping: Mapping.sentry,
      limits,
      payload: Payload.json,
      errors: defaultErrorRules,
      // A hook that drops makes the machine remember the places of spans.
      hooks: { ...Hooks.defaults, span: Hook.dropIf(({ name }) => name.length % 3 === 0) },
      emit: emitMade,
    })
    let nowMillis = 1_000
    let [free, fixed] = [initial, deepFreeze(initial)]
    for (const occurrence of occurrences) {
      if (occurrence._tag === 'Restart') continue
      nowMillis += occurrence.afterMillis
      const input: Assembly.Input =
        occurrence._tag === 'Tick'
          ? { _tag: 'Tick', nowMillis }
          : {
              _tag: 'Arrived',
              nowMillis,
              spans: occurrence.spans,
              records: occurrence.spans.slice(0, 1).map(recordOf),
            }
      const expected = step(free, input)
      const actual = deepFreeze(step(fixed, deepFreeze(input)))
      deepStrictEqual(
        [actual.emitted, actual.losses, actual.wakeAtMillis],
        [expected.emitted, expected.losses, expected.wakeAtMillis],
      )
      free = expected.state
      fixed = actual.state
    }
  },
)

/** Spans that wait in the first traces for a parent that does not come. With them, a trace is not linked as a whole. */
const crowd: ReadonlyArray<Span> = [1, 2, 3].flatMap((trace) =>
  Array.from({ length: 80 }, (_, n) =>
    span({
      traceId: traceId(trace),
      spanId: spanId(10_000 + n),
      parentSpanId: spanId(9_999),
      flags: 0x101,
    }),
  ),
)

/** An entry in each of the first traces: it is sent on arrival, and what waits beside it is linked. */
const entries: ReadonlyArray<Span> = [1, 2, 3].map((trace) =>
  span({ traceId: traceId(trace), spanId: spanId(8_888), kind: 'SERVER' }),
)

const isOfCrowd = ({ root }: Pending.PendingStep<HistoryValue>['ready'][number]): boolean =>
  root.parentSpanId === spanId(9_999)

const beside: Law.Law = Law.of(
  'beside: the spans that wait beside them do not change which segments are ready, nor when',
  fc.tuple(fc.oneof(forest, calls), lengths, fc.constantFrom(1, 2, 5)),
  ([spans, drawn, size]) => {
    const readyBeside = (others: ReadonlyArray<Span>): ReadonlyArray<unknown> => {
      const steps: Array<unknown> = []
      const arrivals = [
        ...(others.length === 0 ? [[], entries] : [others, entries]),
        ...pieces(spans, [...drawn, ...Array.from({ length: 40 }, () => size)]),
      ]
      const occurrences = arrivals.map(
        (piece) => ({ _tag: 'Arrived', afterMillis: 0, spans: piece }) as const,
      )
      const limits = { ...Limits.inProcess, lateSettleMillis: 0 }
      run({ limits, occurrences }, ({ ready, losses }) => {
        steps.push([ready.filter((segment) => !isOfCrowd(segment)), losses])
      })
      return steps
    }
    deepStrictEqual(readyBeside(crowd), readyBeside([]))
  },
)

export const all: ReadonlyArray<Law.Law> = [versions, frozen, beside]
