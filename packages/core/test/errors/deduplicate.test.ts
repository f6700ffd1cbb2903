import { parsers } from '@sentry-exporter/stacktrace/parsers'
import { span, spanId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { collect } from '../../src/errors/collect.ts'
import * as _ from '../../src/errors/deduplicate.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import type { SpanEvent } from '../../src/model/SpanEvent.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { describe } from '../../src/pipeline/describe.ts'
import type { Node } from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const STACK = 'Error: no\n    at query (/srv/db.js:1:1)\n    at load (/srv/orders.js:2:2)'

const exception = (fields: Span['attributes'] = {}, at = 5): SpanEvent => ({
  name: 'exception',
  timeMicros: Micros.of(1_700_000_000_000_000 + at),
  attributes: {
    'exception.type': 'Error',
    'exception.message': 'no',
    'exception.stacktrace': STACK,
    ...fields,
  },
  droppedAttributes: 0,
})

/** `[id, parent, name, how often it records the exception]`. */
type Sketch = readonly [number, number, string, number?]

const at = ([id, parent, name, times = 1]: Sketch): Span =>
  span({
    spanId: spanId(id),
    parentSpanId: parent === 0 ? undefined : spanId(parent),
    name,
    startMicros: Micros.of(1_700_000_000_000_000 + id),
    flags: 0x101,
    events: Array.from({ length: times }, () => exception()),
  })

type Value = SentrySpan

const deduplicate = _.deduplicate(parsers)

const uniqueIn = (spans: ReadonlyArray<Span>): ReadonlyArray<_.UniqueException<Node<Value>>> => {
  const limits = Limits.untimed(Limits.gateway)
  const { nodes } = describe({ mapping: Mapping.sentry, limits: limits, payload: Payload.json })(
    spans,
  )
  const step = Pending.step<Value>(limits, () => 0)
  const { state } = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes })
  return step(state, { _tag: 'Flush', nowMillis: 0 }).ready.flatMap((segment) =>
    deduplicate(segment, collect(segment, undefined)),
  )
}

/** `name of the span: number of records` of each exception. */
const show = (spans: ReadonlyArray<Span>): ReadonlyArray<string> =>
  uniqueIn(spans).map(
    ({ innermost: { exception }, occurrences }) => `${exception.spanName}: ${occurrences.length}`,
  )

const copies = suite('deduplicate')

copies('one exception on one line is one, at its deepest span', () => {
  assert.equal(show([at([1, 0, 'a']), at([2, 1, 'b', 0]), at([3, 2, 'c']), at([4, 3, 'd', 0])]), [
    'c: 2',
  ])
})

copies('several copies on one span are one', () => {
  assert.equal(show([at([1, 0, 'a', 3])]), ['a: 3'])
})

copies('siblings of other names are one: the deepest of them has it', () => {
  assert.equal(
    show([
      at([1, 0, 'entry', 0]),
      at([2, 1, 'middleware']),
      at([3, 2, 'handler']),
      at([4, 1, 'error handler']),
    ]),
    ['handler: 3'],
  )
})

copies('... of those that are equally deep the earliest', () => {
  assert.equal(show([at([1, 0, 'entry', 0]), at([2, 1, 'x']), at([3, 1, 'y'])]), ['x: 2'])
})

copies('a loop that tries again throws anew each time', () => {
  const loop = [at([1, 0, 'loop']), at([2, 1, 'try']), at([3, 1, 'try']), at([4, 1, 'try'])]
  assert.equal(show(loop), ['try: 2', 'try: 1', 'try: 1'])
  const inner = [
    at([1, 0, 'loop', 0]),
    ...[2, 3, 4].flatMap((n) => [at([n, 1, 'try']), at([n + 10, n, 'query'])]),
  ]
  assert.equal(show(inner), ['query: 2', 'query: 2', 'query: 2'])
})

copies('calls of the same name and another kind are others', () => {
  const client = { ...at([3, 1, 'x']), kind: 'CLIENT' as const }
  assert.equal(show([at([1, 0, 'entry', 0]), at([2, 1, 'x']), client]), ['x: 2'])
})

copies(
  'cousins are two exceptions: nothing shows that one of them caught it from the other',
  () => {
    assert.equal(
      show([
        at([1, 0, 'entry', 0]),
        at([2, 1, 'x', 0]),
        at([3, 1, 'y', 0]),
        at([4, 2, 'u']),
        at([5, 3, 'v']),
      ]),
      ['u: 1', 'v: 1'],
    )
  },
)

copies('another message, another type or another stack is another exception', () => {
  for (const fields of [
    { 'exception.message': 'nope' },
    { 'exception.type': 'TypeError' },
    { 'exception.stacktrace': 'Error: no\n    at other (/srv/other.js:1:1)' },
  ]) {
    const inner = { ...at([2, 1, 'b']), events: [exception(fields)] }
    assert.is(show([at([1, 0, 'a']), inner]).length, 2)
  }
})

copies('a stack that goes on from where another one ends is the same', () => {
  const shorter = { 'exception.stacktrace': 'Error: no\n    at query (/srv/db.js:1:1)' }
  const inner = { ...at([2, 1, 'b']), events: [exception(shorter)] }
  assert.equal(show([at([1, 0, 'a']), inner]), ['b: 2'])
  const python = (...lines: ReadonlyArray<string>): Span['attributes'] => ({
    'exception.stacktrace': [
      'Traceback (most recent call last):',
      ...lines.flatMap((line) => [`  File "/srv/${line}.py", line 3, in ${line}`, `    ${line}()`]),
      'Error: no',
    ].join('\n'),
  })
  const both = [
    { ...at([1, 0, 'a']), events: [exception(python('main', 'load', 'query'))] },
    { ...at([2, 1, 'b']), events: [exception(python('load', 'query'))] },
  ]
  assert.equal(show(both), ['b: 2'])
})

copies('without a stack it is unknown whether two are the same', () => {
  const bare = { 'exception.stacktrace': '' }
  const spans = [1, 2].map((n) => ({ ...at([n, n - 1, 'a']), events: [exception(bare)] }))
  assert.is(show(spans).length, 2)
})

copies('is quick for a chain in which every span records the same', () => {
  const count = 20_000
  const chain = Array.from({ length: count }, (_unused, n) => at([n + 1, n, 'a']))
  assert.equal(show(chain), [`a: ${count}`])
})

copies('... and for one in which every span records another one', () => {
  const chain = Array.from({ length: 20_000 }, (_unused, n) => ({
    ...at([n + 1, n, 'a']),
    events: [exception({ 'exception.stacktrace': `Error: no\n    at f (/srv/f.js:${n + 1}:1)` })],
  }))
  assert.is(show(chain).length, 20_000)
})

copies.run()

const laws = suite('deduplicate: laws')

/** Trees of up to 12 spans that record one of two exceptions, with names from a small stock. */
const trees: fc.Arbitrary<ReadonlyArray<Span>> = fc
  .array(
    fc.record({
      parent: fc.nat({ max: 11 }),
      name: fc.constantFrom('a', 'b', 'c'),
      stacks: fc.array(
        fc.constantFrom(STACK, STACK.slice(0, 35), `${STACK}\n    at top (/t.js:9:9)`),
        {
          maxLength: 2,
        },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(({ parent, name, stacks }, index) => ({
      ...at([index + 1, index === 0 ? 0 : (parent % index) + 1, name]),
      events: stacks.map((stack) => exception({ 'exception.stacktrace': stack })),
    })),
  )

laws('every record is a copy of one error, and the deepest of its copies represents it', () => {
  fc.assert(
    fc.property(trees, (spans) => {
      const unique = uniqueIn(spans)
      const all = unique.flatMap((one) => one.occurrences)
      assert.is(
        all.length,
        spans.reduce((sum, { events }) => sum + events.length, 0),
      )
      assert.is(new Set(all).size, all.length)
      for (const one of unique) assert.ok(one.occurrences.includes(one.innermost))
    }),
    { numRuns: 300 },
  )
})

laws('no two errors are the same exception on one line', () => {
  fc.assert(
    fc.property(trees, (spans) => {
      const parents = new Map(spans.map((one) => [one.spanId, one.parentSpanId]))
      const unique = uniqueIn(spans)
      for (const one of unique) {
        let above = one.innermost.source.parentSpanId
        const ancestors = new Set<string>()
        for (; above !== undefined; above = parents.get(above)) ancestors.add(above)
        const others = unique.filter(({ innermost: other }) => ancestors.has(other.source.spanId))
        for (const other of others) {
          assert.is.not(other.innermost.exception.stack, one.innermost.exception.stack)
        }
      }
    }),
    { numRuns: 300 },
  )
})

laws('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(trees, (spans) => {
      assert.equal(show([...spans].reverse()), show(spans))
    }),
    { numRuns: 300 },
  )
})

laws.run()
