import type { Span } from '@sentry-exporter/core/Span'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/arbitrarySpans.ts'

const arbitrarySpans = suite('arbitrarySpans')

const keyOf = ({ traceId, spanId }: Span): string => `${traceId} ${spanId}`

const sample = fc.sample(_.forest, { numRuns: 300, seed: 1 })

const some = (test: (spans: ReadonlyArray<Span>) => boolean): boolean => sample.some(test)

arbitrarySpans('have one to three traces that use the same span ids', () => {
  const traces = sample.map((spans) => new Set(spans.map(({ traceId }) => traceId)).size)
  assert.equal([...new Set(traces)].sort(), [1, 2, 3])
})

arbitrarySpans('have missing parents, cycles and duplicates', () => {
  assert.ok(
    some((spans) => {
      const keys = new Set(spans.map(keyOf))
      return spans.some(
        ({ traceId, parentSpanId }) =>
          parentSpanId !== undefined && !keys.has(`${traceId} ${parentSpanId}`),
      )
    }),
  )
  assert.ok(some((spans) => spans.some(({ spanId, parentSpanId }) => spanId === parentSpanId)))
  assert.ok(some((spans) => new Set(spans.map(keyOf)).size < spans.length))
})

arbitrarySpans('have two services, flags or none, and exceptions', () => {
  const all = sample.flat()
  assert.is(new Set(all.map(({ resource }) => resource.attributes['service.name'])).size, 2)
  assert.ok(all.some(({ flags }) => flags === undefined))
  assert.ok(all.some(({ flags }) => flags === 0x301))
  assert.ok(all.some(({ events }) => events.length > 1))
})

arbitrarySpans('of a tree are of its trace', () => {
  for (const spans of fc.sample(_.tree(7), { numRuns: 20, seed: 1 })) {
    assert.is(new Set(spans.map(({ traceId }) => traceId)).size, 1)
  }
})

arbitrarySpans.run()
