/** The laws of assembly over time: arrivals in any pieces, moving clocks, limits, restarts, late spans. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import * as Hook from '@sentry-exporter/core/Hook'
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import {
  Assembly,
  defaultErrorRules,
  emitMade,
  Payload,
  Pending,
} from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import * as Transaction from '@sentry-exporter/core/Transaction'
import { calls, forest } from '@sentry-exporter/testing/arbitrarySpans'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { deepFreeze } from './deepFreeze.ts'
import { type HistoryValue, history, lengths, pieces, run } from './histories.ts'
import * as Law from './Law.ts'
import { checkSchedule } from './simulate.ts'

export const flush: Law.Law = Law.of(
  'flush: arrivals in any order and pieces give the same bytes, if no time passes and no limit is reached',
  fc
    .tuple(fc.oneof(forest, calls), lengths, fc.constantFrom(1, 5, 1_000))
    .chain(([spans, drawn, maxSpans]) =>
      fc.tuple(
        fc.constant(spans),
        fc.shuffledSubarray([...spans], { minLength: spans.length }),
        fc.constant(drawn),
        fc.constant({ ...Limits.gateway, maxSpans }),
      ),
    ),
  ([spans, shuffled, drawn, limits]) => {
    const arrive = (all: ReadonlyArray<ReadonlyArray<Span>>): string => {
      const occurrences = all.map(
        (piece) => ({ _tag: 'Arrived', afterMillis: 0, spans: piece }) as const,
      )
      const { transactions, errors, losses } = run({ limits, occurrences }, () => undefined)
      return JSON.stringify([transactions, errors, losses])
    }
    strictEqual(arrive(pieces(shuffled, drawn)), arrive([spans]))
  },
)

export const ledger: Law.Law = Law.of(
  'ledger: whatever the times, limits and restarts, every arrival is in one transaction or a counted copy',
  history,
  (one) => {
    const arrived = one.occurrences.flatMap((occurrence) =>
      occurrence._tag === 'Arrived' ? occurrence.spans : [],
    )
    const { transactions, losses } = run(one, () => undefined)
    const sent = transactions.reduce(
      (sum, transaction) => sum + Transaction.spanCount(transaction),
      0,
    )
    strictEqual(sent + Losses.spans(losses), arrived.length)
  },
)

export const truth: Law.Law = Law.of(
  'truth: every span shows the parent it named, once synthetic roots are folded away',
  history,
  (one) => {
    const named = new Map<string, string | undefined>(
      one.occurrences.flatMap((occurrence) =>
        occurrence._tag === 'Arrived'
          ? occurrence.spans.map(
              (span) => [`${span.traceId} ${span.spanId}`, span.parentSpanId] as const,
            )
          : [],
      ),
    )
    const { transactions, losses } = run(one, () => undefined)
    let changed = 0
    for (const { contexts, spans } of transactions) {
      for (const span of [contexts.trace, ...spans]) {
        const key = `${span.trace_id} ${span.span_id}`
        if (!named.has(key)) continue
        const shown = span.data?.['sentry_exporter.parent_span_id'] ?? span.parent_span_id
        if (shown !== named.get(key)) changed++
      }
    }
    strictEqual(changed, losses.cycle ?? 0)
  },
)

export const ids: Law.Law = Law.of(
  'ids: no two envelopes have one event id unless they are the same to the byte',
  history,
  (one) => {
    const seen = new Map<string, string>()
    for (const transaction of run(one, () => undefined).transactions) {
      const text = JSON.stringify(transaction)
      const known = seen.get(transaction.event_id) ?? text
      strictEqual(text, known)
      seen.set(transaction.event_id, text)
    }
  },
)

export const exceptions: Law.Law = Law.of(
  'exceptions: each one of a span that was sent is an error once, or counted as what else became of it',
  history,
  (one) => {
    const recorded = new Map<string, number>()
    for (const occurrence of one.occurrences) {
      if (occurrence._tag !== 'Arrived') continue
      for (const span of occurrence.spans) {
        recorded.set(`${span.traceId} ${span.spanId}`, span.events.length)
      }
    }
    const { transactions, errors, losses } = run(one, () => undefined)
    const sent = new Map<string, number>()
    let all = 0
    for (const { contexts, spans } of transactions) {
      for (const { trace_id, span_id } of [contexts.trace, ...spans]) {
        const key = `${trace_id} ${span_id}`
        all += recorded.get(key) ?? 0
        sent.set(key, (sent.get(key) ?? 0) + 1)
      }
    }
    const { error_copy = 0, error_breadcrumb = 0, error_limit = 0 } = losses
    strictEqual(errors.length + error_copy + error_breadcrumb + error_limit, all)
    const ids = new Map<string, number>()
    for (const { event_id, contexts } of errors) {
      const count = (ids.get(event_id) ?? 0) + 1
      ids.set(event_id, count)
      ok(count <= (sent.get(`${contexts.trace.trace_id} ${contexts.trace.span_id}`) ?? 0))
    }
  },
)

export const bounds: Law.Law = Law.of(
  'bounds: after every step what waits is within the limits, and the sums are those of the traces',
  history,
  (one) => {
    run(one, ({ state }) => {
      ok(state.waitingTraces <= one.limits.maxTraces)
      ok(state.bytes <= one.limits.maxPendingBytes)
      ok(state.remembered <= one.limits.maxRememberedSpans)
      checkSchedule(state)
    })
  },
)

export const versions: Law.Law = Law.of(
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

export const frozen: Law.Law = Law.of(
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

export const beside: Law.Law = Law.of(
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
      run({ limits: Limits.inProcess, occurrences }, ({ ready, losses }) => {
        steps.push([ready.filter((segment) => !isOfCrowd(segment)), losses])
      })
      return steps
    }
    deepStrictEqual(readyBeside(crowd), readyBeside([]))
  },
)

export const all: ReadonlyArray<Law.Law> = [
  flush,
  ledger,
  truth,
  ids,
  exceptions,
  bounds,
  versions,
  frozen,
  beside,
]
