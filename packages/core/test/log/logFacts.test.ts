import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redactor } from '../../src/filter/redact.ts'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import { byteLength } from '../../src/internal/text/byteLength.ts'
import * as _ from '../../src/item/SharedAttributes.ts'
import { logFacts } from '../../src/log/logFacts.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as Scope from '../../src/model/Scope.ts'
import { sdk } from '../../src/sentry/Sdk.ts'

const make = (repairs = { field: 0 }) =>
  _.byOwner({ mapping: Mapping.sentry, redact: redactor(Sensitive.defaults), repairs }, logFacts)

const values = ({ attributes }: _.SharedAttributes): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]))

const byOwner = suite('SharedAttributes.byOwner')

byOwner(
  'has the facts that Sentry searches, and the attributes of both under their prefixes',
  () => {
    const resource = Resource.of(
      {
        'service.name': 'shop',
        'service.version': '1.2.3',
        'deployment.environment.name': 'staging',
        'telemetry.sdk.language': 'nodejs',
        'host.name': 'web-1',
        'process.pid': 7,
        ratio: 2,
      },
      ['ratio'],
    )
    const scope = { name: 'winston', version: '3.0.0', attributes: { 'build.id': 'a1' } }
    const shared = make()(resource, scope)
    assert.equal(values(shared), {
      'sentry.environment': 'staging',
      'sentry.origin': 'auto.otlp.logs',
      'sentry.platform': 'node',
      'sentry.release': 'shop@1.2.3',
      'sentry.sdk.name': sdk.name,
      'sentry.sdk.version': sdk.version,
      'server.address': 'web-1',
      'instrumentation.build.id': 'a1',
      'instrumentation.name': 'winston',
      'instrumentation.version': '3.0.0',
      'resource.service.name': 'shop',
      'resource.service.version': '1.2.3',
      'resource.deployment.environment.name': 'staging',
      'resource.telemetry.sdk.language': 'nodejs',
      'resource.host.name': 'web-1',
      'resource.process.pid': 7,
      'resource.ratio': 2,
    })
    assert.is(shared.attributes['resource.process.pid']?.type, 'integer')
    assert.is(shared.attributes['resource.ratio']?.type, 'double')
    assert.equal(JSON.parse(`{${shared.text}}`), shared.attributes)
  },
)

byOwner('has no name and no version of an unknown scope', () => {
  const { attributes } = make()(Resource.unknown, Scope.unknown)
  assert.equal(
    Object.keys(attributes).filter((key) => !key.startsWith('sentry.')),
    [],
  )
})

byOwner('is made once for a resource and a scope', () => {
  const shared = make()
  const [a, b] = [Resource.of({ a: 1 }), Resource.of({ a: 2 })]
  const scope = { ...Scope.unknown, name: 'logger' }
  const first = shared(a, Scope.unknown)
  assert.is(shared(a, Scope.unknown), first)
  assert.is.not(shared(a, scope), first)
  assert.is.not(shared(b, Scope.unknown), first)
  assert.is(shared(a, Scope.unknown), first)
})

byOwner('repairs and counts facts that the server would refuse, once for a logger', () => {
  const repairs = { field: 0 }
  const of = make(repairs)
  const one = Resource.of({
    'service.name': 'shop',
    'service.version': 'a/b',
  })
  const first = of(one, Scope.unknown)
  of(one, Scope.unknown)
  assert.equal(first.attributes['sentry.release'], { value: 'shop@a-b', type: 'string' })
  assert.is(repairs.field, 1)
})

byOwner('is within its limit for a resource of any size', () => {
  const many = Object.fromEntries(
    Array.from({ length: 20_000 }, (_unused, index) => [`key${index}`, index]),
  )
  for (const attributes of [
    { long: '\u0001'.repeat(1e6) },
    many,
    { 'service.name': 's'.repeat(1e6) },
  ]) {
    const { isTrimmed, size, text } = make()(Resource.of(attributes), Scope.unknown)
    assert.ok(isTrimmed)
    assert.ok(size <= _.MAX_BYTES)
    assert.ok(byteLength(text) <= _.MAX_BYTES)
  }
})

byOwner.run()
