/** The laws of assembly over time: arrivals in any pieces, moving clocks, limits, restarts, late spans. */
import { ok, strictEqual } from 'node:assert'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Span } from '@sentry-exporter/core/Span'
import * as Transaction from '@sentry-exporter/core/Transaction'
import { calls, forest } from '@sentry-exporter/testing/arbitrarySpans'
import fc from 'fast-check'
import { history, lengths, pieces, run } from './histories.ts'
import * as Law from './Law.ts'
import { checkSchedule } from './simulate.ts'
import * as stateLaws from './stateLaws.ts'

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

export const all: ReadonlyArray<Law.Law> = [
  flush,
  ledger,
  truth,
  ids,
  exceptions,
  bounds,
  ...stateLaws.all,
]
