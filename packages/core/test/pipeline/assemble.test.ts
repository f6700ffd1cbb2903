import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import * as assemblyLaws from '@sentry-exporter/workspace/assemblyLaws'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Losses from '../../src/model/Losses.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { type Assembled, assemble } from '../../src/pipeline/assemble.ts'

const run = assemble({ mapping: Mapping.sentry })

const laws = suite('assemble: laws')

for (const law of assemblyLaws.all) laws(law.name, () => law.check({ runs: 300 }))

laws.run()

const cases = suite('assemble')

const at = (n: number, parent: number | undefined, fields: Partial<Span> = {}): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    startMicros: Micros.of(1_700_000_000_000_000 + n),
    name: `span ${n}`,
    ...fields,
  })

const shape = ({ transactions }: Assembled): ReadonlyArray<string> =>
  transactions.map(
    ({ transaction, spans }) => `${transaction}: ${spans.map((one) => one.description).join(', ')}`,
  )

cases('makes one transaction of one tree, children in order of their start', () => {
  assert.equal(shape(run([at(4, 2), at(3, 1), at(2, 1), at(1, undefined)])), [
    'span 1: span 2, span 3, span 4',
  ])
})

cases('puts parents before children even where clocks disagree', () => {
  const early = at(3, 2, { startMicros: Micros.of(1_000_000) })
  assert.equal(shape(run([early, at(2, 1), at(1, undefined)])), ['span 1: span 2, span 3'])
})

cases('cuts at the entries of services', () => {
  const orders = resource('orders')
  const spans = [
    at(1, undefined, { kind: 'SERVER' }),
    at(2, 1, { kind: 'CLIENT', flags: 0x101 }),
    at(3, 2, { kind: 'SERVER', flags: 0x301, resource: orders }),
    at(4, 3, { flags: 0x101, resource: orders }),
  ]
  const { transactions } = run(spans)
  assert.equal(shape({ ...run(spans), transactions }), ['span 1: span 2', 'span 3: span 4'])
  assert.is(transactions[1]?.contexts.trace.parent_span_id, spanId(2))
})

cases('gives the same segments with the flags taken away', () => {
  const orders = resource('orders')
  const spans = [
    at(1, undefined, { kind: 'SERVER', flags: 0x101 }),
    at(2, 1, { kind: 'CLIENT', flags: 0x101 }),
    at(3, 2, { kind: 'SERVER', flags: 0x301, resource: orders }),
    at(4, 3, { flags: 0x101, resource: orders }),
  ]
  assert.equal(run(spans.map((one) => ({ ...one, flags: undefined }))), run(spans))
})

cases('keeps the subtree of a missing parent together, as its continuation', () => {
  const { transactions } = run([at(2, 99), at(3, 2), at(4, 3)])
  assert.is(transactions.length, 1)
  const [only] = transactions
  assert.is(only?.transaction, 'span 2')
  assert.is(only?.contexts.trace.parent_span_id, spanId(99))
  assert.is(only?.contexts.trace.data?.['sentry_exporter.continuation'], 'missing-parent')
  assert.is(only?.spans.length, 2)
})

cases('keeps siblings that miss the same parent together under a synthetic root', () => {
  const spans = [at(2, 99), at(3, 99), at(4, 3), at(5, 98)]
  const { transactions } = run(spans)
  assert.is(transactions.length, 2)
  const joined = transactions.find(({ contexts }) => contexts.trace.op === 'continuation')
  assert.ok(joined !== undefined)
  assert.is(joined.transaction, 'shop (continued)')
  assert.is(joined.transaction_info.source, 'custom')
  const { trace } = joined.contexts
  assert.is(trace.status, 'ok')
  assert.is(trace.parent_span_id, spanId(99))
  assert.equal(trace.data, {
    'sentry_exporter.synthetic': true,
    'sentry_exporter.continuation': 'missing-parent',
  })
  assert.equal(
    joined.spans.map((one) => [one.parent_span_id, one.data['sentry_exporter.parent_span_id']]),
    [
      [trace.span_id, spanId(99)],
      [trace.span_id, spanId(99)],
      [spanId(3), undefined],
    ],
  )
  assert.is(joined.start_timestamp, 1_700_000_000.000002)
  assert.is(joined.timestamp, 1_700_000_001)
})

cases('derives the id of a synthetic root from its members', () => {
  const id = (spans: ReadonlyArray<Span>): string | undefined =>
    run(spans).transactions[0]?.contexts.trace.span_id
  assert.is(id([at(2, 99), at(3, 99)]), id([at(3, 99), at(2, 99)]))
  assert.is.not(id([at(2, 99), at(3, 99)]), id([at(2, 99), at(4, 99)]))
})

cases('does not confuse the same span id in two traces', () => {
  const other = { traceId: traceId(2) }
  const { transactions, losses } = run([
    at(1, undefined),
    at(2, 1),
    at(1, undefined, other),
    at(2, 1, other),
  ])
  assert.is(transactions.length, 2)
  assert.is(new Set(transactions.map(({ event_id }) => event_id)).size, 2)
  assert.equal(losses, Losses.empty)
})

cases('ends a span where it starts if it has no end or one before its start, and counts it', () => {
  const { transactions, losses } = run([at(1, undefined, { endMicros: Micros.zero })])
  assert.is(transactions[0]?.timestamp, transactions[0]?.start_timestamp)
  assert.equal(losses, { time: 1 })
})

cases('gives nothing for nothing', () => {
  assert.equal(run([]), { transactions: [], errors: [], losses: Losses.empty })
})

cases.run()
