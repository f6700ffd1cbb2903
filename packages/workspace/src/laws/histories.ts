/** Histories of an exporter: arrivals in pieces, the passing of time, restarts. */
import { strictEqual } from 'node:assert'
import type { Assembled } from '@sentry-exporter/core/assemble'
import * as Hooks from '@sentry-exporter/core/Hooks'
import type * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import {
  Assembly,
  collect,
  defaultErrorRules,
  describe,
  emitMade,
  type Machine,
  Payload,
  Pending,
  planSegments,
  runToEnd,
} from '@sentry-exporter/core/pipeline'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { Span } from '@sentry-exporter/core/Span'
import { forest } from '@sentry-exporter/testing/arbitrarySpans'
import fc from 'fast-check'

// model

export type HistoryValue = SentrySpan

/** An event in the life of an exporter: spans arrive, time passes, it restarts. */
export type HistoryEvent =
  | { readonly _tag: 'Arrived'; readonly afterMillis: number; readonly spans: ReadonlyArray<Span> }
  | { readonly _tag: 'Tick'; readonly afterMillis: number }
  | { readonly _tag: 'Restart' }

export interface History {
  readonly limits: Limits.Limits
  readonly occurrences: ReadonlyArray<HistoryEvent>
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
    lateSettleMillis: fc.constantFrom(0, 10),
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
    maxContextBytes: fc.constantFrom(8_192, Number.POSITIVE_INFINITY),
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
    // Some clocks are set back or forward under way.
    times: fc.array(fc.constantFrom(0, 1, 9, 10, 31, 150, -900, 3_600_000), {
      minLength: 1,
      maxLength: 9,
    }),
    restarts: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  })
  .map(({ limits, spans, lengths: drawn, times, restarts }) => ({
    limits,
    occurrences: pieces(withoutOtherCopies(spans), drawn).flatMap(
      (piece, index): ReadonlyArray<HistoryEvent> => {
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

/** Called for each step, with the state before it. */
type Watch = (
  step: Pending.PendingStep<HistoryValue>,
  before: Pending.Pending<HistoryValue>,
  input: Pending.PendingInput<HistoryValue>,
) => void

/** Runs a history: from one restart to the next, each time to the end. `watch` is called for each step. */
export const run = ({ limits, occurrences }: History, watch: Watch): Assembled => {
  const toNodes = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })
  const runLife = runToEnd(watched(limits, watch))
  let nowMillis = 1_000
  const emitted: Array<Parameters<typeof collect>[0][number]> = []
  let losses = Losses.empty
  for (const life of livesOf(occurrences)) {
    const inputs = life.map((occurrence): Arrived | Machine.Tick => {
      nowMillis += occurrence.afterMillis
      return occurrence._tag === 'Tick'
        ? { _tag: 'Tick', nowMillis }
        : { _tag: 'Arrived', nowMillis, nodes: toNodes(occurrence.spans).nodes }
    })
    const ended = runLife(inputs)
    strictEqual(ended.state.pending.nodes, 0)
    emitted.push(...ended.emitted)
    losses = Losses.concat(losses, ended.losses)
  }
  return collect(emitted, losses)
}

type Arrived = Extract<Pending.PendingInput<HistoryValue>, { _tag: 'Arrived' }>

/** An assembly that takes nodes in place of spans. */
const watched = (
  limits: Limits.Limits,
  watch: Watch,
): Machine.Machine<
  Assembly.Assembly<HistoryValue>,
  Arrived,
  Parameters<typeof collect>[0][number]
> => {
  const next = Pending.step<HistoryValue>(limits, Payload.json.compare)
  const plan = planSegments({
    limits,
    payload: Payload.json,
    errors: defaultErrorRules,
    hooks: Hooks.defaults,
    emit: emitMade,
  })
  return {
    initial: Assembly.empty,
    step: (before, input) => {
      const waited = next(before.pending, input)
      watch(waited, before.pending, input)
      const { ready, early } = waited
      const { nowMillis } = input
      const planned = plan(before.errors, { ready, early, logged: [], nowMillis, isFlush: false })
      return {
        ...planned,
        state: { ...before, pending: waited.state, errors: planned.state },
        losses: Losses.concat(waited.losses, planned.losses),
      }
    },
  }
}

type Life = ReadonlyArray<Exclude<HistoryEvent, { readonly _tag: 'Restart' }>>

/** The occurrences between two restarts. */
const livesOf = (occurrences: ReadonlyArray<HistoryEvent>): ReadonlyArray<Life> => {
  const lives: Array<Array<Life[number]>> = [[]]
  for (const occurrence of occurrences) {
    if (occurrence._tag === 'Restart') lives.push([])
    else lives.at(-1)?.push(occurrence)
  }
  return lives
}
