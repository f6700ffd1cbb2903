/** Histories of an exporter: arrivals in pieces, the passing of time, restarts. */
import { strictEqual } from 'node:assert'
import { defaultErrorRules } from '@sentry-exporter/core/defaultErrorRules'
import { describe } from '@sentry-exporter/core/describe'
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import * as Finish from '@sentry-exporter/core/finish'
import type * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Payload from '@sentry-exporter/core/Payload'
import * as Pending from '@sentry-exporter/core/Pending'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { Span } from '@sentry-exporter/core/Span'
import type * as Transaction from '@sentry-exporter/core/Transaction'
import { forest } from '@sentry-exporter/testing/arbitrarySpans'
import fc from 'fast-check'

// model

export type HistoryValue = SentrySpan

/** An event in the life of an exporter: spans arrive, time passes, it restarts. */
export type Occurrence =
  | { readonly _tag: 'Arrived'; readonly afterMillis: number; readonly spans: ReadonlyArray<Span> }
  | { readonly _tag: 'Tick'; readonly afterMillis: number }
  | { readonly _tag: 'Restart' }

export interface History {
  readonly limits: Limits.Limits
  readonly occurrences: ReadonlyArray<Occurrence>
}

/** Spans in order, in pieces of the drawn lengths. */
export const pieces = (
  spans: ReadonlyArray<Span>,
  lengths: ReadonlyArray<number>,
): ReadonlyArray<ReadonlyArray<Span>> => {
  const cut: Array<ReadonlyArray<Span>> = []
  let at = 0
  for (const length of lengths) {
    cut.push(spans.slice(at, at + length))
    at += length
  }
  return [...cut, spans.slice(at)]
}

export const lengths: fc.Arbitrary<Array<number>> = fc.array(fc.integer({ min: 0, max: 9 }), {
  maxLength: 20,
})

const smallLimits: fc.Arbitrary<Limits.Limits> = fc.record(
  {
    settleMillis: fc.constantFrom(0, 10),
    maxWaitMillis: fc.constantFrom(0, 30),
    orphanWaitMillis: fc.constantFrom(20, 100),
    maxOrphanWaitMillis: fc.constant(200),
    errorWaitMillis: fc.constantFrom(0, 50),
    maxErrorsPerMinute: fc.constant(100),
    lateWindowMillis: fc.constantFrom(0, 100, 1_000),
    maxTraces: fc.integer({ min: 1, max: 3 }),
    maxPendingBytes: fc.constantFrom(5_000, 1_000_000),
    maxSpansPerTrace: fc.constantFrom(5, 1_000),
    maxRememberedSpans: fc.constantFrom(0, 10, 1_000),
    maxSpans: fc.constantFrom(5, 1_000),
    maxSpanBytes: fc.constant(100_000),
    maxHeadBytes: fc.constant(100_000),
  },
  { noNullPrototype: true },
)

/** Copies of a span with other content would be two contents with one id. */
const withoutOtherCopies = (spans: ReadonlyArray<Span>): ReadonlyArray<Span> => {
  const first = new Map<string, Span>()
  return spans.map((span) => {
    const key = `${span.traceId} ${span.spanId}`
    const known = first.get(key) ?? span
    first.set(key, known)
    return known
  })
}

export const history: fc.Arbitrary<History> = fc
  .record({
    limits: smallLimits,
    spans: forest,
    lengths,
    times: fc.array(fc.constantFrom(0, 1, 9, 10, 31, 150), { minLength: 1, maxLength: 9 }),
    restarts: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  })
  .map(({ limits, spans, lengths: drawn, times, restarts }) => ({
    limits,
    occurrences: pieces(withoutOtherCopies(spans), drawn).flatMap(
      (piece, index): ReadonlyArray<Occurrence> => {
        const afterMillis = times[index % times.length] ?? 0
        return [
          { _tag: 'Arrived', afterMillis, spans: piece },
          ...(index % 3 === 0 ? [{ _tag: 'Tick', afterMillis } as const] : []),
          ...(index % 5 === 4 && restarts[index % restarts.length] === true
            ? [{ _tag: 'Restart' } as const]
            : []),
        ]
      },
    ),
  }))

export interface Outcome {
  readonly transactions: ReadonlyArray<Transaction.Transaction>
  readonly errors: ReadonlyArray<ErrorEvent>
  readonly losses: Losses.Losses
}

/** Runs a history; `watch` receives every step with the state before it and its input. */
export const run = (
  { limits, occurrences }: History,
  watch: (
    step: Pending.Step<HistoryValue>,
    before: Pending.Pending<HistoryValue>,
    input: Pending.Input<HistoryValue>,
  ) => void,
): Outcome => {
  const toNodes = describe(Mapping.sentry, limits, Payload.json)
  const next = Pending.step<HistoryValue>(limits, Payload.json.compare)
  const toEvents = Finish.finish(limits, Payload.json, { errors: defaultErrorRules })
  const transactions: Array<Transaction.Transaction> = []
  const errors: Array<ErrorEvent> = []
  let errorState = Finish.nothingTold
  let losses = Losses.empty
  let state: Pending.Pending<HistoryValue> = Pending.empty
  let nowMillis = 1_000
  const apply = (input: Pending.Input<HistoryValue>): void => {
    const stepped = next(state, input)
    watch(stepped, state, input)
    state = stepped.state
    const finished = toEvents(errorState, { ...stepped, nowMillis })
    errorState = finished.state
    transactions.push(...finished.transactions)
    errors.push(...finished.errors)
    losses = Losses.concatAll([losses, stepped.losses, finished.losses])
  }
  for (const occurrence of occurrences) {
    if (occurrence._tag === 'Restart') {
      apply({ _tag: 'Flush', nowMillis })
      state = Pending.empty
      errorState = Finish.nothingTold
      continue
    }
    nowMillis += occurrence.afterMillis
    apply(
      occurrence._tag === 'Tick'
        ? { _tag: 'Tick', nowMillis }
        : { _tag: 'Arrived', nowMillis, nodes: toNodes(occurrence.spans).nodes },
    )
  }
  apply({ _tag: 'Flush', nowMillis })
  strictEqual(state.nodes, 0)
  return { transactions, errors, losses }
}
