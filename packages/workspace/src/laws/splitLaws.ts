/** The laws of dividing: what holds for trees of any shape, limits of any size and spans of any weight. */
import { deepStrictEqual, ok } from 'node:assert'
import { assemble } from '@sentry-exporter/core/assemble'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import { forest, tree } from '@sentry-exporter/testing/arbitrarySpans'
import fc from 'fast-check'
import * as Law from './Law.ts'

interface Case {
  readonly spans: ReadonlyArray<Span>
  readonly limits: Limits.Limits
}

/** Spans of one segment or of several, some of them heavy, under small limits. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    spans: fc.oneof(tree(1), forest),
    heavy: fc.nat(8),
    maxSpans: fc.integer({ min: 1, max: 12 }),
    maxSpanBytes: fc.constantFrom(4_000, 8_000, 100_000),
  })
  .map(({ spans, heavy, maxSpans, maxSpanBytes }) => ({
    spans: spans.map((span, index) =>
      heavy > 0 && index % heavy === 0
        ? { ...span, attributes: { ...span.attributes, text: 'x'.repeat(index * 100) } }
        : span,
    ),
    limits: { ...Limits.gateway, maxSpans, maxSpanBytes },
  }))

const run = ({ spans, limits }: Case): ReadonlyArray<Transaction> =>
  assemble({ mapping: Mapping.sentry, limits })(spans).transactions

const SERVER_ADDS_BYTES = 512

const bytesOf = ({ spans }: Transaction): number =>
  spans.reduce((sum, span) => sum + Buffer.byteLength(JSON.stringify(span)) + SERVER_ADDS_BYTES, 0)

/** The bytes that a synthetic root adds to each child: their weight was taken before. */
const REPOINTED_BYTES = 70

export const ledger: Law.Law = Law.of(
  'ledger: dividing loses no span and repeats none',
  cases,
  (one) => {
    const sent = run(one)
      .flatMap((transaction) =>
        idsOf(transaction).map((id) => `${transaction.contexts.trace.trace_id} ${id}`),
      )
      .filter((key) => spanKeysOf(one).has(key))
    deepStrictEqual(sent.sort(), [...spanKeysOf(one)].sort())
  },
)

const spanKeysOf = ({ spans }: Case): ReadonlySet<string> =>
  new Set(spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`))

export const size: Law.Law = Law.of(
  'size: no transaction has more spans or more bytes than the limits',
  cases,
  (one) => {
    for (const transaction of run(one)) {
      const { length } = transaction.spans
      ok(length <= one.limits.maxSpans, `${length} spans`)
      ok(bytesOf(transaction) <= one.limits.maxSpanBytes + length * REPOINTED_BYTES)
    }
  },
)

const idsOf = ({ contexts, spans }: Transaction): ReadonlyArray<string> => [
  contexts.trace.span_id,
  ...spans.map(({ span_id }) => span_id),
]

export const connectivity: Law.Law = Law.of(
  'connectivity: a transaction that continues for its size hangs on a span of another one of its trace',
  cases,
  (one) => {
    const transactions = run(one)
    const home = new Map(
      transactions.flatMap((transaction) =>
        idsOf(transaction).map((id) => [
          `${transaction.contexts.trace.trace_id} ${id}`,
          transaction,
        ]),
      ),
    )
    for (const transaction of transactions) {
      const { trace } = transaction.contexts
      if (trace.data?.['sentry_exporter.continuation'] !== 'size') continue
      const parent = home.get(`${trace.trace_id} ${trace.parent_span_id}`)
      // The parent of spans that continue a missing parent is missing too.
      const isMissing = !one.spans.some(
        ({ traceId, spanId }) => traceId === trace.trace_id && spanId === trace.parent_span_id,
      )
      ok(isMissing || (parent !== undefined && parent !== transaction))
    }
  },
)

export const parts: Law.Law = Law.of(
  'parts: 1 + floor(2n / maxSpans) + floor(2B / maxSpanBytes) at most, for each segment',
  cases,
  (one) => {
    const whole = run({
      ...one,
      limits: Limits.untimed({ ...one.limits, maxSpans: 1e9, maxSpanBytes: 1e9 }),
    })
    const maxParts = whole.reduce((sum, transaction) => {
      const n = transaction.spans.length
      return (
        sum +
        1 +
        Math.floor((2 * n) / one.limits.maxSpans) +
        Math.floor((2 * bytesOf(transaction)) / one.limits.maxSpanBytes)
      )
    }, 0)
    ok(run(one).length <= maxParts)
  },
)

export const alone: Law.Law = Law.of(
  'alone: what fits into one transaction is one transaction',
  cases,
  ({ spans, limits }) => {
    const whole = run({ spans, limits: { ...limits, maxSpans: 1e9, maxSpanBytes: 1e9 } })
    const generous = run({
      spans,
      limits: { ...limits, maxSpans: spans.length, maxSpanBytes: 1e9 },
    })
    deepStrictEqual(generous, whole)
  },
)

export const all: ReadonlyArray<Law.Law> = [ledger, size, connectivity, parts, alone]
