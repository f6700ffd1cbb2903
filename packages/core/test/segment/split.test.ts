import { span, spanId } from '@sentry-exporter/testing/spans'
import * as splitLaws from '@sentry-exporter/workspace/splitLaws'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import type { Transaction } from '../../src/pipeline/Transaction.ts'

const laws = suite('split: laws')

for (const law of splitLaws.all) laws(law.name, () => law.check({ runs: 300 }))

laws.run()

const run = (
  parents: ReadonlyArray<number>,
  maxSpans: number,
  fields: Partial<Span> = {},
): ReadonlyArray<Transaction> =>
  assemble({ mapping: Mapping.sentry, limits: { ...Limits.gateway, maxSpans } })(
    parents.map((parent, index) =>
      span({
        spanId: spanId(index + 1),
        parentSpanId: parent === 0 ? undefined : spanId(parent),
        name: `s${index + 1}`,
        startMicros: Micros.of(1_700_000_000_000_000 + index),
        ...fields,
      }),
    ),
  ).transactions

const cases = suite('split')

cases('leaves a segment within the limits alone', () => {
  const [only, ...others] = run([0, 1, 1, 1], 3)
  assert.is(others.length, 0)
  assert.is(only?.spans.length, 3)
})

cases('divides a star into runs of its children in the order of their start', () => {
  const star = [0, ...Array.from({ length: 7 }, () => 1)]
  const [first, second, third] = run(star, 3)
  assert.equal(
    first?.spans.map(({ description }) => description),
    ['s2', 's3', 's4'],
  )
  assert.equal(
    second?.spans.map(({ description }) => description),
    ['s5', 's6', 's7'],
  )
  assert.is(second?.transaction, 's1 (continued)')
  assert.is(second?.contexts.trace.parent_span_id, spanId(1))
  assert.equal(second?.contexts.trace.data, {
    'sentry_exporter.synthetic': true,
    'sentry_exporter.continuation': 'size',
  })
  assert.is(second?.spans[0]?.data['sentry_exporter.parent_span_id'], spanId(1))
  // A single child needs no synthetic root.
  assert.is(third?.transaction, 's8')
  assert.is(third?.contexts.trace.data?.['sentry_exporter.continuation'], 'size')
})

cases('fills the transaction of the root first', () => {
  const chain = Array.from({ length: 12 }, (_unused, index) => index)
  const [first] = run(chain, 6)
  assert.ok((first?.spans.length ?? 0) >= 4, `${first?.spans.length} spans beside the root`)
})

cases('divides by bytes as well as by number', () => {
  const heavy = { attributes: { text: 'x'.repeat(100_000) } }
  const star = [0, ...Array.from({ length: 20 }, () => 1)]
  const transactions = run(star, 1_000, heavy)
  assert.ok(transactions.length > 2)
  for (const { spans } of transactions) {
    assert.ok(JSON.stringify(spans).length + spans.length * 512 <= 760 * 1024)
  }
})

cases('trims a span that is more than half a transaction, and marks and counts it', () => {
  const attributes = { small: 'kept', large: 'ü'.repeat(600_000) }
  const { transactions, losses } = assemble({ mapping: Mapping.sentry })([
    span({ spanId: spanId(1) }),
    span({ spanId: spanId(2), parentSpanId: spanId(1), attributes }),
  ])
  const [trimmed] = transactions[0]?.spans ?? []
  assert.equal(losses, { trimmed: 1 })
  assert.is(trimmed?.data['small'], 'kept')
  assert.is(trimmed?.data['sentry_exporter.trimmed'], true)
  const bytes = Buffer.byteLength(JSON.stringify(trimmed))
  assert.ok(bytes <= 380 * 1024 && bytes > 300 * 1024, `${bytes} bytes`)
})

cases('trims the data of a root that would leave no room for spans', () => {
  const attributes = { small: 'kept', large: 'x'.repeat(300_000) }
  const { transactions, losses } = assemble({ mapping: Mapping.sentry })([span({ attributes })])
  assert.equal(losses, { trimmed: 1 })
  assert.is(transactions[0]?.contexts.trace.data?.['small'], 'kept')
  assert.ok(JSON.stringify(transactions[0]).length <= 150 * 1024)
})

cases(
  'drops the smallest values too if there are 100,000 of them, and the description last',
  () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 100_000 }, (_unused, i) => [`k${i}`, i]),
    )
    const { transactions } = assemble({ mapping: Mapping.sentry })([
      span({ spanId: spanId(1) }),
      span({ spanId: spanId(2), parentSpanId: spanId(1), attributes, name: 'n'.repeat(900_000) }),
    ])
    assert.ok(JSON.stringify(transactions[0]?.spans).length <= 381 * 1024)
  },
)

cases('divides a chain and a star of 200,000', () => {
  const chain = Array.from({ length: 200_000 }, (_unused, index) => index)
  const star = chain.map((index) => (index === 0 ? 0 : 1))
  for (const shape of [chain, star]) {
    const transactions = run(shape, 1_000)
    assert.is(
      transactions.reduce(
        (sum, { spans, contexts }) =>
          sum + spans.length + (contexts.trace.op === 'continuation' ? 0 : 1),
        0,
      ),
      200_000,
    )
    assert.ok(transactions.length <= 1 + Math.floor(400_000 / 1_000) + 500)
  }
})

cases.run()
