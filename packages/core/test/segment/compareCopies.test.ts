import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Resource } from '../../src/model/Resource.ts'
import type { Scope } from '../../src/model/Scope.ts'
import type { Span } from '../../src/model/Span.ts'
import type { SpanEvent } from '../../src/model/SpanEvent.ts'
import type { SpanLink } from '../../src/model/SpanLink.ts'
import type { SpanStatus } from '../../src/model/SpanStatus.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import { describe } from '../../src/pipeline/describe.ts'
import { compareCopies } from '../../src/segment/compareCopies.ts'
import type { Node } from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

/** Other values for each field of a type: a field that is added to the type does not compile without one. */
type Others<A> = { readonly [K in keyof Required<A>]: ReadonlyArray<A[K]> }

const TIME = Micros.of(1_700_000_000_100_000)

const EVENT: SpanEvent = {
  name: 'exception',
  timeMicros: TIME,
  attributes: { 'exception.type': 'E', 'exception.message': 'one' },
  droppedAttributes: 0,
}

const LINK: SpanLink = {
  traceId: traceId(2),
  spanId: spanId(9),
  traceState: '',
  attributes: {},
  flags: undefined,
  droppedAttributes: 0,
}

const EVENTS: Others<SpanEvent> = {
  name: ['cache.miss'],
  timeMicros: [Micros.of(TIME + 1)],
  attributes: [
    { 'exception.type': 'F', 'exception.message': 'one' },
    { 'exception.type': 'E', 'exception.message': 'two' },
    { ...EVENT.attributes, 'exception.stacktrace': 'E: one\n    at f (/a.js:1:2)' },
    { ...EVENT.attributes, 'exception.escaped': true },
    { ...EVENT.attributes, retry: 1 },
    { ...EVENT.attributes, retry: 10n ** 17n },
    { ...EVENT.attributes, retry: new Uint8Array([1]) },
  ],
  droppedAttributes: [1],
}

const LINKS: Others<SpanLink> = {
  traceId: [traceId(3)],
  spanId: [spanId(8)],
  traceState: ['a=b'],
  attributes: [{ batch: 1 }],
  flags: [0, 1],
  droppedAttributes: [1],
}

const RESOURCES: Others<Pick<Resource, 'attributes' | 'doubles'>> = {
  attributes: [
    { 'service.name': 'orders' },
    { 'service.name': 'shop', 'service.namespace': 'eu' },
    { 'service.name': 'shop', 'service.instance.id': '7' },
    { 'service.name': 'shop', 'service.version': '2' },
    { 'service.name': 'shop', 'k8s.pod.name': 'p' },
    { 'service.name': 'shop', 'deployment.environment.name': 'test' },
    { 'service.name': 'shop', tenant: 'no event shows it, but a route may depend on it' },
  ],
  doubles: [['service.name']],
}

const SCOPES: Others<Scope> = {
  name: ['http'],
  version: ['2'],
  attributes: [{ layer: 'web' }],
}

const STATUSES: Others<SpanStatus> = { code: ['UNSET', 'OK', 7], message: ['timeout'] }

const BASE = span({
  spanId: spanId(2),
  parentSpanId: spanId(1),
  status: { code: 'ERROR', message: '' },
  events: [EVENT],
  links: [LINK],
})

/** The identity of a span is not among them. */
const FIELDS: Others<Omit<Span, 'traceId' | 'spanId'>> = {
  parentSpanId: [undefined, spanId(3)],
  name: ['other'],
  // Kinds that are no halves of one call.
  kind: ['UNSPECIFIED', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'],
  startMicros: [Micros.of(BASE.startMicros - 1)],
  endMicros: [Micros.zero, Micros.of(BASE.endMicros + 1)],
  status: variants<SpanStatus>({ code: 'ERROR', message: '' }, STATUSES),
  attributes: [{ n: 1 }, { n: 2 }, { n: '1' }, { n: true }, { n: [1] }],
  doubles: [['n']],
  events: [[], [EVENT, EVENT], ...variants(EVENT, EVENTS).map((event) => [event])],
  links: [[], [LINK, LINK], ...variants(LINK, LINKS).map((link) => [link])],
  flags: [0x001, 0x101, 0x301],
  traceState: ['ot=th:8', 'ot=th:c'],
  droppedAttributes: [1],
  droppedEvents: [1],
  droppedLinks: [1],
  scope: variants(BASE.scope, SCOPES),
  resource: [
    ...RESOURCES.attributes.map(({ 'service.name': name, ...others }) =>
      resource(String(name), others),
    ),
    ...RESOURCES.doubles.map((doubles) => ({ ...BASE.resource, doubles })),
  ],
}

/** A value with one field changed, for each other value of each field. */
function variants<A extends object>(value: A, others: Partial<Others<A>>): ReadonlyArray<A> {
  const made: Array<A> = []
  for (const field in others) {
    for (const one of others[field] ?? []) made.push({ ...value, [field]: one })
  }
  return made
}

const COPIES = [BASE, ...variants<Span>(BASE, FIELDS)]

const ROOT = span({ spanId: spanId(1), kind: 'SERVER' })

const mappings = { sentry: Mapping.sentry, collector: Mapping.collector }

const copies = suite('copies of one span')

for (const [field, values] of Object.entries<ReadonlyArray<unknown>>(FIELDS)) {
  copies(`that differ in \`${field}\`: the order of arrival does not decide`, () => {
    for (const value of values) {
      const other = { ...BASE, [field]: value }
      for (const mapping of Object.values(mappings)) {
        const run = assemble({ mapping })
        const print = (...spans: ReadonlyArray<Span>): string => {
          const { transactions, errors } = run([ROOT, ...spans])
          return JSON.stringify([transactions, errors])
        }
        const both = print(BASE, other)
        assert.is(print(other, BASE), both)
        assert.ok(both === print(BASE) || both === print(other), 'one of the copies is kept whole')
        assert.is(run([BASE, other]).losses.duplicate, 1)
      }
    }
  })
}

copies.run()

const order = suite('compareCopies')

const nodesOf = (spans: ReadonlyArray<Span>): ReadonlyArray<Node<SentrySpan>> =>
  describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: Payload.json })(spans).nodes

const compare = compareCopies(Payload.json.compare)

order('is total: antisymmetric, transitive, and zero only for the same output', () => {
  const all = nodesOf(COPIES)
  const one = fc.constantFrom(...all)
  fc.assert(
    fc.property(one, one, one, (a, b, c) => {
      assert.is(Math.sign(compare(a, b)), -Math.sign(compare(b, a)) + 0)
      if (compare(a, b) >= 0 && compare(b, c) >= 0) assert.ok(compare(a, c) >= 0)
    }),
    { numRuns: 2_000 },
  )
})

order('compares every field of a node', () => {
  const [node] = nodesOf([BASE])
  if (node === undefined) throw new Error('a span has a node')
  const others: Others<Omit<Node<SentrySpan>, 'traceId' | 'spanId'>> = {
    parentSpanId: [undefined, spanId(7)],
    originalParentSpanId: [spanId(7)],
    half: [{ _tag: 'Separated', sharedSpanId: spanId(7) }],
    startMicros: [Micros.of(1)],
    durationMicros: [undefined, 1],
    weight: [1],
    value: [{ ...node.value, description: 'other' }],
    traits: [
      { ...node.traits, kind: 'CLIENT' },
      { ...node.traits, entry: 'inner' },
      { ...node.traits, parentIsLocal: true },
      { ...node.traits, service: { name: 'shop', namespace: 'eu', instance: undefined } },
    ],
    details: [
      { ...node.details, name: { name: 'other', source: 'custom' } },
      { ...node.details, name: { ...node.details.name, source: 'task' } },
      { ...node.details, exceptions: [] },
      {
        ...node.details,
        base: { ...node.details.base, from: resource('shop', { tenant: 'a' }) },
      },
    ],
  }
  for (const other of variants(node, others)) {
    assert.is.not(compare(node, other), 0)
    assert.is(Math.sign(compare(node, other)), -Math.sign(compare(other, node)))
  }
  assert.is(compare(node, { ...node, details: { ...node.details } }), 0)
})

order.run()
