import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import type { SpanFilter } from '../../src/filter/SpanFilter.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Resource from '../../src/model/Resource.ts'
import type { Span } from '../../src/model/Span.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as _ from '../../src/pipeline/describeByResource.ts'
import * as Payload from '../../src/segment/Payload.ts'

const FILTER: SpanFilter = {
  span: (one) => (one.name === 'dropped' ? O.none : O.some(one)),
  privacy: Sensitive.defaults,
  sampleRate: 1,
}

const options = {
  mapping: Mapping.sentry,
  limits: Limits.gateway,
  payload: Payload.json,
  filter: FILTER,
}

const of = (service: string, name = 'work', attributes: Span['attributes'] = {}): Span =>
  span({ name, attributes, resource: Resource.of({ 'service.name': service }) })

const SPANS = [
  of('a'),
  of('b', 'work', { 'http.request.header.cookie': 'hush', 'client.address': '10.0.0.1' }),
  of('b', 'dropped'),
  of('a', 'later', { 'url.full': 'https://user:hush@host/?token=hush' }),
]

const EU = Mapping.forceEnvironment('eu')(Mapping.sentry)

const describeByResource = suite('describeByResource')

describeByResource('describes in order, each span with the mapping of its resource', () => {
  const { nodes, dropped } = _.describerByResource(options, ({ attributes }) =>
    attributes['service.name'] === 'b' ? EU : undefined,
  ).spans(SPANS)
  assert.equal(
    nodes.map(({ details }) => details.base.fields.environment),
    [undefined, 'eu', undefined],
  )
  assert.is(dropped.length, 1)
})

describeByResource('gives the same as one mapping, where all resources have that one', () => {
  const plain = describe(options)(SPANS, 1)
  assert.equal(_.describerByResource(options, () => undefined).spans(SPANS, 1), plain)
  assert.equal(_.describerByResource(options, undefined).spans(SPANS, 1), plain)
  assert.not.match(JSON.stringify(plain.nodes), /hush|10\.0\.0\.1/)
})

describeByResource.run()
