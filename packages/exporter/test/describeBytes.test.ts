import { deepStrictEqual } from 'node:assert/strict'
import type { Span } from '@sentry-exporter/core/Span'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type { Content } from '@sentry-exporter/envelope/Item'
import { span } from '@sentry-exporter/testing/spans'
import * as bytePathLaws from '@sentry-exporter/workspace/bytePathLaws'
import * as oracle from '@sentry-exporter/workspace/oracle'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as EventEnvelope from '../src/EventEnvelope.ts'
import * as Pipeline from '../src/Pipeline.ts'

const laws = suite('describeBytes: laws')

laws(bytePathLaws.ofProtobuf.name, () => bytePathLaws.ofProtobuf.check({ runs: 1_000 }))
laws(bytePathLaws.ofJson.name, () => bytePathLaws.ofJson.check({ runs: 1_000 }))
laws(bytePathLaws.ofDamaged.name, () => bytePathLaws.ofDamaged.check({ runs: 20_000 }))

laws.run()

const many = suite('describeBytes: many keys')

many('a request with more keys than are remembered gives the same on both paths', () => {
  const attribute = (key: string) => ({ key, value: { stringValue: 'x' } })
  const spans = Array.from({ length: 12 }, (_unused, n) => ({
    traceId: '01'.repeat(16),
    spanId: `${n + 1}`.padStart(16, '0'),
    parentSpanId: n === 0 ? '' : '1'.padStart(16, '0'),
    attributes: [
      ...Array.from({ length: 900 }, (_other, m) => attribute(`key.${n}.${m}`)),
      attribute('url'),
      attribute('url.full'),
      attribute(`key.${n}.3`),
      ...(n % 2 === 0 ? [] : [attribute('k'.repeat(400))]),
    ],
  }))
  const request = { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] }
  const compare = bytePathLaws.compare(bytePathLaws.plain)
  compare(new TextEncoder().encode(JSON.stringify(request)), 'json')
  compare(oracle.encode(oracle.traces, request), 'protobuf')
})

many.run()

const scopes = suite('describeBytes: scopes')

scopes('with the same letters in another division are different ones', () => {
  const spansOf = (first: number) =>
    Array.from({ length: 6 }, (_unused, n) => ({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: `00f067aa0ba902${first + n}`,
      name: 'work',
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000100000000',
    }))
  const scopeSpans = [
    { scope: { version: '1 a', name: 'b' }, spans: spansOf(10) },
    { scope: { version: '1', name: 'a b' }, spans: spansOf(20) },
    { scope: { version: '1', name: ' ab' }, spans: spansOf(30) },
    { scope: { version: '', name: '1 a b' }, spans: spansOf(40) },
  ]
  const request = { resourceSpans: [{ resource: {}, scopeSpans }] }
  const compare = bytePathLaws.compare(bytePathLaws.plain)
  compare(new TextEncoder().encode(JSON.stringify(request)), 'json')
  compare(oracle.encode(oracle.traces, request), 'protobuf')
})

scopes.run()

const byHand = suite('describeBytes: spans of programs')

/** Values that no decoder gives, and one span that is right. */
const ODD: ReadonlyArray<unknown> = [
  undefined,
  {},
  { ...span(), events: undefined },
  { ...span(), name: 5 },
  { ...span(), spanId: 'a "quoted" id' },
  { ...span(), attributes: { f: () => 1, s: Symbol('s'), n: Number.NaN, u: undefined } },
  { ...span(), attributes: { '7': 'seven', 'key "quoted"': '\ud800', when: new Date(0) } },
  span({ attributes: { 'http.route': '/a' } }),
]

byHand('that are none are counted, and none harms another, on both paths', () => {
  const give = ({ envelopes, losses }: ReturnType<ReturnType<typeof Pipeline.assemble>>) => ({
    losses,
    // The envelopes of these options are bytes when they are encoded.
    envelopes: envelopes.map((one) =>
      Buffer.from(Envelope.encode(one as Envelope.Envelope<Content>)).toString(),
    ),
  })
  // A program in JavaScript may give any value.
  const spans = ODD as ReadonlyArray<Span>
  const [fast, exact] = [true, false].map((bytePath) =>
    give(Pipeline.assemble({ ...bytePathLaws.plain, bytePath })([spans])),
  )
  deepStrictEqual(fast, exact)
  assert.is((fast?.losses.invalid ?? 0) > 0, true)
  for (const text of fast?.envelopes ?? []) {
    for (const line of text.trimEnd().split('\n')) JSON.parse(line)
  }
})

byHand.run()

const recorded = suite('describeBytes: recorded requests')

for (const [name, options] of Object.entries(bytePathLaws.variants)) {
  recorded(`give the same on both paths: ${name}`, () => {
    const compare = bytePathLaws.compare(options)
    for (const body of Recorded.all.flatMap(Recorded.bodies).filter((_, n) => n % 3 === 0)) {
      compare(new TextEncoder().encode(body), 'json')
      compare(oracle.encode(oracle.traces, JSON.parse(body)), 'protobuf')
    }
  })
}

recorded('take the byte path', () => {
  const read = Pipeline.assembleBytes({
    ...bytePathLaws.plain,
    encode: EventEnvelope.unaddressed,
  })
  const [body] = Recorded.all.flatMap(Recorded.bodies)
  for (const bytes of [
    new TextEncoder().encode(body),
    oracle.encode(oracle.traces, JSON.parse(body ?? '{}')),
  ]) {
    const made = read(bytes)
    assert.is(E.isRight(made), true)
    if (E.isLeft(made)) return
    const { batch, described = [] } = made.right.input
    deepStrictEqual(batch.spans, [])
    assert.is(described.length, 1)
    assert.is(described[0]?.nodes.length, batch.describedSpans)
  }
})

recorded.run()
