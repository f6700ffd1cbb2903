import { forest } from '@sentry-exporter/testing/arbitrarySpans'
import { span, spanId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as _ from '../../src/segment/Forest.ts'
import type { Node } from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const nodesOf = (spans: ReadonlyArray<Span>): ReadonlyArray<Node<SentrySpan>> =>
  describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: Payload.json })(spans).nodes

const link = (spans: ReadonlyArray<Span>): _.Forest<SentrySpan> =>
  _.fromNodes(Payload.json.compare)(nodesOf(spans))

const fromNodes = suite('Forest.fromNodes')

fromNodes('links every span to its parent, in any order of arrival', () => {
  const parent = span({ spanId: spanId(1) })
  const child = span({ spanId: spanId(2), parentSpanId: spanId(1) })
  for (const order of [
    [parent, child],
    [child, parent],
  ]) {
    const { members } = link(order)
    const linked = members.find(({ node }) => node.spanId === child.spanId)
    assert.is(linked?.parent?.node.spanId, parent.spanId)
  }
})

fromNodes('keeps the greater of two copies, in either order', () => {
  const base = span({ endMicros: Micros.zero })
  const pairs: ReadonlyArray<readonly [Span, Span]> = [
    [base, { ...base, endMicros: Micros.of(1) }],
    [
      { ...base, endMicros: Micros.of(1) },
      { ...base, endMicros: Micros.of(2) },
    ],
    [base, { ...base, attributes: { a: 1 } }],
    [
      { ...base, name: 'a' },
      { ...base, name: 'b' },
    ],
  ]
  for (const [lesser, greater] of pairs) {
    const [expected] = nodesOf([greater])
    for (const order of [
      [lesser, greater],
      [greater, lesser],
    ]) {
      const found = link(order)
      assert.equal(
        found.members.map(({ node }) => node),
        [expected],
      )
      assert.is(found.duplicates, 1)
    }
  }
})

fromNodes('breaks a cycle at its earliest span, once', () => {
  const at = (n: number, parent: number, start: number): Span =>
    span({ spanId: spanId(n), parentSpanId: spanId(parent), startMicros: Micros.of(start) })
  const { members, cycles } = link([at(1, 3, 30), at(2, 1, 10), at(3, 2, 20), at(4, 3, 5)])
  assert.is(cycles, 1)
  assert.equal(
    members.filter(({ wasCut }) => wasCut).map(({ node }) => node.spanId),
    [spanId(2)],
  )
})

fromNodes('cuts a span that is its own parent', () => {
  const { members, cycles } = link([span({ spanId: spanId(1), parentSpanId: spanId(1) })])
  assert.is(cycles, 1)
  assert.is(members[0]?.parent, undefined)
})

fromNodes('leads every span to a root in finitely many steps, and loses none', () => {
  fc.assert(
    fc.property(forest, (spans) => {
      const one = spans.filter(({ traceId }) => traceId === spans[0]?.traceId)
      const { members, duplicates } = link(one)
      assert.is(members.length + duplicates, one.length)
      for (const member of members) {
        let steps = 0
        for (let at = member.parent; at !== undefined; at = at.parent) steps++
        assert.ok(steps <= members.length)
      }
    }),
  )
})

fromNodes('links a chain of 200,000 without recursion', () => {
  const chain = Array.from({ length: 200_000 }, (_unused, i) => ({
    ...CHEAP,
    spanId: spanId(i + 1),
    parentSpanId: i === 0 ? undefined : spanId(i),
  }))
  assert.is(_.fromNodes(() => 0)(chain).members.length, 200_000)
})

const CHEAP: Node<null> = { ...(nodesOf([span()])[0] as Node<SentrySpan>), value: null }

fromNodes.run()
