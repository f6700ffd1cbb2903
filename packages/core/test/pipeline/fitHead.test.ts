import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import { fitHead } from '../../src/pipeline/fitHead.ts'
import type { Transaction } from '../../src/pipeline/Transaction.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'
import { bytesOf } from '../../src/size/fitContext.ts'

const linksOf = (count: number): Span['links'] =>
  Array.from({ length: count }, (_, index) => ({
    traceId: traceId(index + 2),
    spanId: spanId(index + 2),
    traceState: '',
    attributes: {},
    flags: undefined,
    droppedAttributes: 0,
  }))

const assembled = assemble({ mapping: Mapping.sentry })

const rootWith = (links: number, attributes: Attributes): Transaction => {
  const [made] = assembled([span({ attributes, links: linksOf(links) })]).transactions
  if (made === undefined) throw new Error('no transaction in a test')
  return made
}

const childWith = (links: number, attributes: Attributes): SentrySpan => {
  const child = span({
    spanId: spanId(2),
    parentSpanId: spanId(1),
    attributes,
    links: linksOf(links),
  })
  const [made] = assembled([span({}), child]).transactions[0]?.spans ?? []
  if (made === undefined) throw new Error('no span in a test')
  return made
}

/** Of data, without the marks of trimming. */
const own = (data: SentrySpan['data'] | undefined): SentrySpan['data'] =>
  Object.fromEntries(
    Object.entries(data ?? {}).filter(([key]) => !key.startsWith('sentry_exporter.trimmed')),
  )

const links = suite('fitHead: links')

links('of a root are cut to what the server keeps, and cost no data', () => {
  const whole = rootWith(0, { 'messaging.system': 'kafka', query: 'x'.repeat(20_000) })
  for (const [count, min] of [
    [100, 100],
    [127, 127],
    [1_000, 127],
    [10_000, 127],
  ] as const) {
    const { trace } = rootWith(count, {
      'messaging.system': 'kafka',
      query: 'x'.repeat(20_000),
    }).contexts
    const kept = trace.links?.length ?? 0
    assert.ok(kept >= min && kept <= 137, `${count}: ${kept}`)
    assert.is(trace.links?.[0]?.span_id, spanId(2))
    assert.equal(own(trace.data), whole.contexts.trace.data)
    const isCut = kept < count
    assert.is(trace.data?.['sentry_exporter.trimmed'], isCut ? true : undefined)
    assert.is(trace.data?.['sentry_exporter.trimmed_parts'], isCut ? 'links' : undefined)
  }
})

links('that were cut are counted', () => {
  assert.equal(assembled([span({ links: linksOf(500) })]).losses, { trimmed: 1 })
  assert.equal(assembled([span({ links: linksOf(50) })]).losses, {})
})

links('of a child are cut to half a transaction, and cost no data', () => {
  const query = 'x'.repeat(300_000)
  const { data, links: kept } = childWith(10_000, { query })
  assert.is(data['query'], query)
  assert.ok((kept?.length ?? 0) > 900)
  assert.is(data['sentry_exporter.trimmed_parts'], 'links')
})

links('of a child whose data must be cut anyway stay, if they are few', () => {
  const { data, links: kept } = childWith(50, { query: 'x'.repeat(600_000), small: 1 })
  assert.is(kept?.length, 50)
  assert.is(data['small'], 1)
  assert.ok(String(data['query']).length > 350_000)
})

links.run()

const heads = suite('fitHead')

heads('of any sizes fits, and of its parts only the largest are cut', () => {
  const { maxHeadBytes } = Limits.gateway
  const sizes = fc.record({
    query: fc.nat(300_000),
    keys: fc.nat(3_000),
    crumbs: fc.nat(100),
    crumbBytes: fc.nat(5_000),
    links: fc.nat(300),
  })
  const base = rootWith(0, {})
  fc.assert(
    fc.property(sizes, ({ query, keys, crumbs, crumbBytes, links: count }) => {
      const data = {
        ...Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n])),
        query: 'x'.repeat(query),
      }
      const values = Array.from({ length: crumbs }, (_, n) => ({
        timestamp: n,
        type: 'default' as const,
        category: 'otel.event' as const,
        message: 'y'.repeat(crumbBytes),
        data: {},
      }))
      const given: Transaction = {
        ...base,
        breadcrumbs: { values },
        contexts: {
          ...base.contexts,
          trace: {
            ...base.contexts.trace,
            data,
            links: linksOf(count).map((one) => ({ trace_id: one.traceId, span_id: one.spanId })),
          },
        },
      }
      const fitted = fitHead(given, Limits.gateway)
      assert.ok(bytesOf({ ...fitted, spans: [] }) <= maxHeadBytes)
      const left = fitted.contexts.trace.data
      const isDataCut = bytesOf(own(left)) < bytesOf(data)
      const areCrumbsCut = (fitted.breadcrumbs?.values.length ?? 0) < crumbs
      if (isDataCut && bytesOf(values) > bytesOf(data)) assert.ok(areCrumbsCut)
      if (areCrumbsCut && bytesOf(data) > bytesOf(values)) assert.ok(isDataCut)
      if (bytesOf({ ...given, spans: [] }) < maxHeadBytes - 2_000) {
        assert.not(isDataCut || areCrumbsCut)
      }
    }),
    { numRuns: 60 },
  )
})

heads('that fits is the same object', () => {
  const made = rootWith(20, { query: 'x'.repeat(100_000) })
  assert.is(fitHead(made, Limits.gateway), made)
})

heads.run()
