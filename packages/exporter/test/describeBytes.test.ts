import { deepStrictEqual } from 'node:assert/strict'
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
