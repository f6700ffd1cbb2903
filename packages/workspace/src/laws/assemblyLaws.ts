/** The laws of the assembly: what holds for any spans whatsoever. They are its specification. */
import { deepStrictEqual, strictEqual } from 'node:assert'
import { type Assembled, assemble } from '@sentry-exporter/core/assemble'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import { calls, forest } from '@sentry-exporter/testing/arbitrarySpans'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import fc from 'fast-check'
import { deepFreeze } from './deepFreeze.ts'
import * as Law from './Law.ts'

const run = assemble({ mapping: Mapping.sentry })

const keyOf = ({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>): string =>
  `${traceId} ${spanId}`

/** As the judge wants it: envelopes. */
const judge = ({ transactions }: Assembled): EnvelopeReader.ReadEnvelopes =>
  EnvelopeReader.read(
    transactions.map((transaction) => {
      const payload = JSON.stringify(transaction)
      const item = { type: 'transaction', length: Buffer.byteLength(payload) }
      return Buffer.from(
        `{"event_id":"${transaction.event_id}"}\n${JSON.stringify(item)}\n${payload}\n`,
      )
    }),
  )

export const ledger: Law.Law = Law.of(
  'ledger: every span is in exactly one transaction, or counted once',
  forest,
  (spans) => {
    const assembled = run(spans)
    const read = judge(assembled)
    deepStrictEqual(EnvelopeReader.problems(read), [])
    const distinct = [...new Set(spans.map(keyOf))].sort()
    deepStrictEqual(EnvelopeReader.spanKeys(read), distinct)
    strictEqual(Losses.spans(assembled.losses), spans.length - distinct.length)
  },
)

export const order: Law.Law = Law.of(
  'order: any permutation gives the same bytes',
  forest.chain((spans) =>
    fc.tuple(fc.constant(spans), fc.shuffledSubarray([...spans], { minLength: spans.length })),
  ),
  ([spans, shuffled]) => strictEqual(JSON.stringify(run(shuffled)), JSON.stringify(run(spans))),
)

export const duplication: Law.Law = Law.of(
  'duplication: sending spans again changes only the count of duplicates',
  forest,
  (spans) => {
    const once = run(spans)
    const twice = run([...spans, ...spans])
    strictEqual(JSON.stringify(twice.transactions), JSON.stringify(once.transactions))
    strictEqual((twice.losses.duplicate ?? 0) - (once.losses.duplicate ?? 0), spans.length)
  },
)

export const purity: Law.Law = Law.of(
  'purity: a deep-frozen input survives, and two calls are equal',
  forest,
  (spans) => {
    const frozen = deepFreeze(spans)
    deepStrictEqual(run(frozen), run(frozen))
  },
)

export const truth: Law.Law = Law.of(
  'truth: every span shows the parent it named, but where a circle was cut',
  forest,
  (spans) => {
    const parents = new Map(spans.map((one) => [keyOf(one), one.parentSpanId]))
    const { transactions, losses } = run(spans)
    let changed = 0
    for (const { contexts, spans: below } of transactions) {
      for (const one of [contexts.trace, ...below]) {
        const key = keyOf({ traceId: one.trace_id, spanId: one.span_id })
        if (!parents.has(key)) continue
        const shown = one.data?.['sentry_exporter.parent_span_id'] ?? one.parent_span_id
        if (shown !== parents.get(key)) changed++
      }
    }
    strictEqual(changed, losses.cycle ?? 0)
  },
)

const PAIRS: ReadonlyArray<ReadonlyArray<Span['kind']>> = [
  ['CLIENT', 'SERVER'],
  ['PRODUCER', 'CONSUMER'],
]

/** The kinds of the spans that are kept of those with one id: those of the two halves of a call, or of one span. */
const halvesOf = (copies: ReadonlyArray<Span>): number =>
  PAIRS.some((pair) => pair.every((kind) => copies.some((one) => one.kind === kind))) ? 2 : 1

export const halves: Law.Law = Law.of(
  'halves: of a call whose halves share an id both are kept, in any order, with ids of their own',
  calls.chain((spans) =>
    fc.tuple(fc.constant(spans), fc.shuffledSubarray([...spans], { minLength: spans.length })),
  ),
  ([spans, shuffled]) => {
    const assembled = run(spans)
    strictEqual(JSON.stringify(run(shuffled)), JSON.stringify(assembled))
    const read = judge(assembled)
    deepStrictEqual(EnvelopeReader.problems(read), [])
    const byId = new Map<string, Array<Span>>()
    for (const one of spans) byId.set(keyOf(one), [...(byId.get(keyOf(one)) ?? []), one])
    const kept = [...byId.values()].reduce((sum, copies) => sum + halvesOf(copies), 0)
    strictEqual(EnvelopeReader.spanKeys(read).length, kept)
    strictEqual(new Set(EnvelopeReader.spanKeys(read)).size, kept)
    strictEqual(Losses.spans(assembled.losses), spans.length - kept)
  },
)

export const withoutFlags: Law.Law = Law.of(
  'flags: whether a receiver of a call with a shared id has flags makes no difference',
  calls,
  (spans) => {
    const idsOf = (all: ReadonlyArray<Span>): unknown =>
      run(all).transactions.map(({ contexts, spans: below }) => [
        contexts.trace.span_id,
        below.map(({ span_id }) => span_id),
      ])
    const shared = new Set(
      spans.filter(({ kind }) => kind === 'CLIENT' || kind === 'PRODUCER').map(keyOf),
    )
    const isReceiver = (one: Span): boolean =>
      (one.kind === 'SERVER' || one.kind === 'CONSUMER') &&
      one.name.endsWith('received') &&
      shared.has(keyOf(one))
    deepStrictEqual(
      idsOf(spans.map((one) => (isReceiver(one) ? { ...one, flags: undefined } : one))),
      idsOf(spans),
    )
  },
)

export const all: ReadonlyArray<Law.Law> = [
  ledger,
  order,
  duplication,
  purity,
  truth,
  halves,
  withoutFlags,
]
