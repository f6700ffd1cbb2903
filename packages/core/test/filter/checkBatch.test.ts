import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/checkBatch.ts'
import type * as Batch from '../../src/model/Batch.ts'

// A caller in JavaScript may give anything, hence the casts of this file.
const check = (...spans: ReadonlyArray<unknown>): Batch.Batch =>
  _.checkBatch({ spans: spans as Batch.Batch['spans'], rejected: [], repairs: {} })

const EVENT = { name: 'e', timeMicros: 1, attributes: {}, droppedAttributes: 0 }

const LINK = {
  traceId: traceId(2),
  spanId: spanId(2),
  traceState: '',
  attributes: {},
  flags: undefined,
  droppedAttributes: 0,
}

const circle: Record<string, unknown> = {}
circle['self'] = circle

const checkBatch = suite('checkBatch')

checkBatch('gives spans that are right as they are', () => {
  const spans = [
    span({}),
    span({ parentSpanId: spanId(7), attributes: { list: [1, ['x', null]], map: { a: 1n } } }),
    span({
      events: [EVENT] as never,
      links: [LINK],
      flags: 0x101,
      startMicros: Number.NaN as never,
    }),
  ]
  const { spans: checked, rejected, repairs } = check(...spans)
  assert.equal([rejected, repairs], [[], {}])
  for (const [index, one] of checked.entries()) assert.is(one, spans[index])
})

const WRONG: ReadonlyArray<readonly [fields: object, path: string, expected: RegExp]> = [
  [{ traceId: 'xyz' }, 'traceId', /id in hexadecimal digits/],
  [{ traceId: traceId(1).slice(1) }, 'traceId', /id in hexadecimal digits/],
  [{ traceId: '0'.repeat(32) }, 'traceId', /id in hexadecimal digits/],
  [{ traceId: new Uint8Array(16) }, 'traceId', /id in hexadecimal digits/],
  [{ spanId: `${spanId(1)}0` }, 'spanId', /id in hexadecimal digits/],
  [{ spanId: undefined }, 'spanId', /id in hexadecimal digits/],
  [{ spanId: 'zzzzzzzzzzzzzzzz' }, 'spanId', /id in hexadecimal digits/],
  [{ parentSpanId: '' }, 'parentSpanId', /id in hexadecimal digits/],
  [{ parentSpanId: 7 }, 'parentSpanId', /id in hexadecimal digits/],
  [{ name: undefined }, 'name', /a text/],
  [{ name: Symbol('x') }, 'name', /a text/],
  [{ kind: 2 }, 'kind', /"SERVER"/],
  [{ startMicros: '1' }, 'startMicros', /a number/],
  [{ endMicros: 1n }, 'endMicros', /a number/],
  [{ endMicros: new Date(0) }, 'endMicros', /a number/],
  [{ status: { code: 'BAD', message: '' } }, 'status.code', /"ERROR"/],
  [{ status: { code: 'OK' } }, 'status.message', /a text/],
  [{ attributes: null }, 'attributes', /attributes/],
  [{ attributes: { f: () => 1 } }, 'attributes.f', /a text, number/],
  [{ attributes: { p: Promise.reject(new Error('x')) } }, 'attributes.p', /a text, number/],
  [{ attributes: circle }, 'attributes.self.self', /at most 33 levels/],
  [{ events: undefined }, 'events', /a list/],
  [{ events: [{ ...EVENT, timeMicros: 'x' }] }, 'events[0].timeMicros', /a number/],
  [{ links: {} }, 'links', /a list/],
  [{ links: [{ ...LINK, attributes: 1 }] }, 'links[0].attributes', /attributes/],
  [{ flags: -1 }, 'flags', /a whole number from 0/],
  [{ droppedEvents: Number.NaN }, 'droppedEvents', /a whole number from 0/],
  [{ traceState: null }, 'traceState', /a text/],
  [{ scope: { ...span({}).scope, name: 1 } }, 'scope.name', /a text/],
  [{ resource: undefined }, 'resource', /an object/],
  [{ resource: { ...resource('shop'), service: null } }, 'resource.service', /an object/],
  [{ doubles: [1] }, 'doubles[0]', /a text/],
]

for (const [fields, path, expected] of WRONG) {
  checkBatch(`names a wrong ${path}: ${Object.values(fields).map(String).join()}`, () => {
    const { spans, rejected } = check(span({}), { ...span({ spanId: spanId(2) }), ...fields })
    assert.is(spans.length, 1)
    assert.is(rejected.length, 1)
    assert.ok(rejected[0]?.path.startsWith(`spans[1].${path}`), rejected[0]?.path)
    assert.match(rejected[0]?.expected ?? '', expected)
  })
}

checkBatch('names a value that is no span, or throws when it is read', () => {
  const throwing = Object.defineProperty({ ...span({}) }, 'name', {
    enumerable: true,
    get: () => {
      throw new Error('secret')
    },
  })
  for (const value of [undefined, null, 7, 'x', [], () => span({}), throwing, new Map()]) {
    const { spans, rejected } = check(value, span({}))
    assert.equal([spans.length, rejected.map(({ path }) => path)], [1, ['spans[0]']])
    assert.not.match(JSON.stringify(rejected), /secret/)
  }
})

checkBatch('repairs ids of capital letters and values that are absent', () => {
  const { spans, rejected } = check(
    span({
      traceId: 'ABCDEF0123456789ABCDEF0123456789' as never,
      attributes: { a: undefined as never, b: 1 },
    }),
  )
  assert.equal(rejected, [])
  assert.is(spans[0]?.traceId, 'abcdef0123456789abcdef0123456789')
  assert.equal(spans[0]?.attributes, { b: 1 })
})

checkBatch('leaves out a link without ids, counts it, and keeps the span', () => {
  const { spans, rejected, repairs, invalidParts } = check(
    span({ links: [{ ...LINK, spanId: '0'.repeat(16) as never }, LINK] }),
  )
  assert.equal(
    spans[0]?.links.map((link) => link.spanId),
    [LINK.spanId],
  )
  assert.equal([rejected, repairs], [[], { invalid_part: 1 }])
  assert.equal(
    invalidParts?.map(({ path }) => path),
    ['spans[0].links[0]'],
  )
})

checkBatch('copies a resource once that is right but for one value', () => {
  const shared = { ...resource('shop'), attributes: { a: undefined as never } }
  const { spans } = check(span({ resource: shared }), span({ resource: shared }))
  assert.is(spans[0]?.resource, spans[1]?.resource)
})

checkBatch.run()

const isBatch = suite('isBatch')

isBatch('is false for counts and places of another form', () => {
  const batch = { spans: [], rejected: [], repairs: {} }
  assert.ok(_.isBatch(batch))
  assert.ok(_.isBatch({ ...batch, repairs: undefined }))
  for (const wrong of [
    undefined,
    [],
    { ...batch, spans: {} },
    { ...batch, rejected: [1] },
    { ...batch, repairs: { time: Number.NaN } },
    { ...batch, repairs: { time: -1 } },
    { ...batch, repairs: [] },
    { ...batch, invalidParts: [{ path: 1 }] },
  ]) {
    assert.not(_.isBatch(wrong))
  }
})

isBatch.run()
