import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { goDouble } from '../../src/mapping/collector/goDouble.ts'
import { messageOf, tagsOf } from '../../src/mapping/collector/tagsOf.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Status } from '../../src/mapping/Status.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'
import type { Span } from '../../src/model/Span.ts'
import type { SpanStatus } from '../../src/model/SpanStatus.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

const { collector } = Mapping

const bare = Resource.of({})

/** As the Collector's own tests had it. */
const full = span({
  name: 'span_name',
  kind: 'CLIENT',
  parentSpanId: spanId(9),
  status: { code: 'OK', message: 'message' },
  attributes: { key: 'value' },
  scope: { name: 'otel-python', version: '1.4.3', attributes: {} },
  resource: Resource.of({ aws_instance: 'ap-south-1', unique_id: 'abcd1234' }),
})

const tags = suite('Mapping.collector: tags')

tags('of a full span are those of the resource, and the facts about the span', () => {
  assert.equal(tagsOf(full), {
    key: 'value',
    aws_instance: 'ap-south-1',
    unique_id: 'abcd1234',
    status_message: 'message',
    span_kind: 'SPAN_KIND_CLIENT',
    library_name: 'otel-python',
    library_version: '1.4.3',
  })
})

tags('print texts, booleans, doubles and integers, and leave out all else', () => {
  const attributes: Attributes = {
    'string-key': 'string-value',
    'bool-key': true,
    'double-key': 123.123,
    'int-key': 321,
    'long-key': 9_007_199_254_740_993n,
    'large-key': 1_000_000,
    list: ['a'],
    map: { a: 1 },
    bytes: new Uint8Array([1]),
    nothing: null,
  }
  assert.equal(tagsOf(span({ attributes, resource: bare })), {
    'string-key': 'string-value',
    'bool-key': 'true',
    'double-key': '123.123',
    'int-key': '321',
    'long-key': '9007199254740993',
    'large-key': '1000000',
    span_kind: 'SPAN_KIND_INTERNAL',
    library_name: '',
    library_version: '',
  })
})

tags('of the resource win over those of the span, and the facts about the span over both', () => {
  const made = tagsOf(
    span({
      attributes: { a: 'span', span_kind: 'mine', status_message: 'mine', library_name: 'mine' },
      resource: Resource.of({ a: 'resource' }),
      status: { code: 'ERROR', message: 'broken' },
      kind: 'UNSPECIFIED',
    }),
  )
  assert.equal(made, {
    a: 'resource',
    span_kind: 'mine',
    status_message: 'broken',
    library_name: '',
    library_version: '',
  })
})

tags('distinguish whole doubles from integers where the decoder did', () => {
  const made = tagsOf(
    span({
      attributes: { n: 1_000_000, m: 1_000_000 },
      doubles: ['n'],
      resource: Resource.of({ r: 2e21, s: 2e21 }, ['r']),
    }),
  )
  assert.is(made['n'], '1e+06')
  assert.is(made['m'], '1000000')
  assert.is(made['r'], '2e+21')
  assert.is(made['s'], '2000000000000000000000')
})

const DOUBLES: ReadonlyArray<readonly [number, string]> = [
  [123.123, '123.123'],
  [123456, '123456'],
  [1_000_000, '1e+06'],
  [1_234_567, '1.234567e+06'],
  [1_234_567.5, '1.2345675e+06'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [0.000012, '1.2e-05'],
  [1e21, '1e+21'],
  [1e-300, '1e-300'],
  [-2_500_000, '-2.5e+06'],
  [5, '5'],
  [0, '0'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [Number.MAX_VALUE, '1.7976931348623157e+308'],
  [5e-324, '5e-324'],
]

for (const [double, text] of DOUBLES) {
  tags(`print the double ${double} as ${text}`, () => assert.is(goDouble(double), text))
}

tags.run()

const descriptors = suite('Mapping.collector: operations and descriptions')

// name, attributes, kind, op, description
const DESCRIPTORS: ReadonlyArray<readonly [string, Attributes, Span['kind'], string, string]> = [
  [
    '/api/users/{user_id}',
    { 'http.method': 'GET' },
    'CLIENT',
    'http.client',
    'GET /api/users/{user_id}',
  ],
  [
    '/api/users/{user_id}',
    { 'http.method': 'POST' },
    'SERVER',
    'http.server',
    'POST /api/users/{user_id}',
  ],
  ["SET mykey 'Val'", { 'db.system': 'redis' }, 'CLIENT', 'db', "SET mykey 'Val'"],
  [
    'mysql call',
    { 'db.system': 'sqlite', 'db.statement': 'SELECT * FROM table' },
    'CLIENT',
    'db',
    'SELECT * FROM table',
  ],
  [
    'grpc.test.EchoService/Echo',
    { 'rpc.service': 'EchoService' },
    'CLIENT',
    'rpc',
    'grpc.test.EchoService/Echo',
  ],
  [
    'message-destination',
    { 'messaging.system': 'kafka' },
    'PRODUCER',
    'message',
    'message-destination',
  ],
  ['message-destination', { 'faas.trigger': 'pubsub' }, 'SERVER', 'pubsub', 'message-destination'],
  ['span_name', {}, 'CLIENT', '', 'span_name'],
  ['x', { 'http.method': 'GET' }, 'INTERNAL', 'http.internal', 'GET x'],
  ['x', { 'http.method': 'GET' }, 'PRODUCER', 'http.producer', 'GET x'],
  ['x', { 'http.method': 'GET' }, 'CONSUMER', 'http.consumer', 'GET x'],
  ['x', { 'http.method': 'GET' }, 'UNSPECIFIED', 'http', 'GET x'],
  ['GET /users', { 'http.method': 'GET' }, 'SERVER', 'http.server', 'GET GET /users'],
  ['x', { 'http.method': 7 }, 'SERVER', 'http.server', ' x'],
  ['x', { 'faas.trigger': 7 }, 'SERVER', '', 'x'],
  ['x', { 'http.request.method': 'GET', 'db.system.name': 'y' }, 'SERVER', '', 'x'],
]

for (const [name, attributes, kind, op, description] of DESCRIPTORS) {
  descriptors(`${name} of kind ${kind} with ${JSON.stringify(attributes)}`, () => {
    const one = span({ name, attributes, kind })
    assert.is(collector.op(one), op)
    assert.is(collector.description(one), description)
    assert.equal(collector.name(one), { name: description, source: 'custom' })
  })
}

descriptors('a query that is no text leaves the description empty there, and its name here', () => {
  const attributes = { 'db.system': 'x', 'db.statement': 7 }
  assert.is(collector.description(span({ name: 'query', attributes })), 'query')
})

descriptors.run()

const statuses = suite('Mapping.collector: status')

const STATUSES: ReadonlyArray<
  readonly [SpanStatus['code'], string, Attributes, Attributes, Status, string]
> = [
  ['UNSET', '', {}, {}, 'ok', ''],
  ['ERROR', 'message', {}, {}, 'unknown', 'message'],
  [1337, 'message', {}, {}, 'unknown', 'error code 1337'],
  ['OK', 'message', {}, {}, 'ok', 'message'],
  ['ERROR', '', { 'http.status_code': '401' }, {}, 'unauthenticated', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': '1' }, {}, 'cancelled', ''],
  ['ERROR', '', { 'http.status_code': 500 }, {}, 'internal_error', ''],
  ['ERROR', '', { 'http.status_code': 400 }, {}, 'failed_precondition', ''],
  ['ERROR', '', { 'http.status_code': 403 }, {}, 'permission_denied', ''],
  ['ERROR', '', { 'http.status_code': 404 }, {}, 'not_found', ''],
  ['ERROR', '', { 'http.status_code': 409 }, {}, 'aborted', ''],
  ['ERROR', '', { 'http.status_code': 429 }, {}, 'resource_exhausted', ''],
  ['ERROR', '', { 'http.status_code': 499 }, {}, 'cancelled', ''],
  ['ERROR', '', { 'http.status_code': 501 }, {}, 'unimplemented', ''],
  ['ERROR', '', { 'http.status_code': 503 }, {}, 'unavailable', ''],
  ['ERROR', '', { 'http.status_code': 504 }, {}, 'deadline_exceeded', ''],
  ['ERROR', '', { 'http.status_code': 402 }, {}, 'unknown', ''],
  ['ERROR', '', { 'http.status_code': 502 }, {}, 'unknown', ''],
  ['ERROR', '', { 'http.status_code': 200 }, {}, 'unknown', ''],
  ['ERROR', '', { 'http.status_code': 200, 'rpc.grpc.status_code': 5 }, {}, 'unknown', ''],
  ['ERROR', '', { 'http.status_code': 500 }, { 'http.status_code': 404 }, 'not_found', ''],
  ['ERROR', '', { 'http.response.status_code': 500 }, {}, 'unknown', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': 0 }, {}, 'unknown', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': 2 }, {}, 'unknown', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': 16 }, {}, 'unauthenticated', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': 17 }, {}, 'unknown', ''],
  ['ERROR', '', { 'rpc.grpc.status_code': '05' }, {}, 'unknown', ''],
  ['UNSET', '', { 'http.status_code': 500 }, {}, 'ok', ''],
  ['OK', '', { 'http.status_code': 500 }, {}, 'ok', ''],
]

for (const [code, text, attributes, ofResource, status, message] of STATUSES) {
  statuses(`${code} with ${JSON.stringify([attributes, ofResource])} is ${status}`, () => {
    const one = span({
      status: { code, message: text },
      attributes,
      resource: Resource.of(ofResource),
    })
    assert.is(collector.status(one), status)
    assert.is(messageOf(one), message)
  })
}

statuses.run()

const whole = suite('Mapping.collector: as a whole')

const toSentry = assemble({
  mapping: collector,
  errors: { errors: 'all' },
})

const exception = (type: string, message: string): Span['events'][number] => ({
  name: 'exception',
  timeMicros: Micros.of(1_700_000_000_500_000),
  attributes: { 'exception.type': type, 'exception.message': message },
  droppedAttributes: 0,
})

whole(
  'a transaction has the tags of its root, a span its own, and an error those of its span',
  () => {
    const { transactions, errors } = toSentry([
      {
        ...full,
        parentSpanId: undefined,
        spanId: spanId(1),
        events: [exception('mySampleType', 'Kernel Panic')],
      },
      { ...full, parentSpanId: spanId(1), spanId: spanId(2), attributes: { 'a b': 'c\nd' } },
    ])
    assert.is(transactions.length, 1)
    const [transaction] = transactions
    assert.equal(transaction?.tags, tagsOf(full))
    assert.equal(transaction?.transaction, 'span_name')
    assert.is(transaction?.spans[0]?.tags?.['a_b'], 'c d')
    const [error] = errors
    assert.equal(error?.tags, tagsOf(full))
    assert.is(error?.transaction, 'span_name')
    assert.is(error?.exception.values[0]?.type, 'mySampleType')
    assert.is(error?.exception.values[0]?.value, 'Kernel Panic')
    assert.is(error?.contexts.trace.span_id, spanId(1))
  },
)

whole('an exception with a type alone is an error, one with neither is not', () => {
  const { errors } = toSentry([
    span({ events: [exception('mySampleType', ''), exception('', '')] }),
  ])
  assert.is(errors.length, 1)
  assert.is(errors[0]?.exception.values[0]?.value, '')
})

whole('a root without a parent names none, and one with a parent does', () => {
  const [alone] = toSentry([span({ kind: 'SERVER' })]).transactions
  assert.not.ok('parent_span_id' in (alone?.contexts.trace ?? {}))
  const [called] = toSentry([span({ kind: 'SERVER', parentSpanId: spanId(7) })]).transactions
  assert.is(called?.contexts.trace.parent_span_id, spanId(7))
})

whole('nothing comes of nothing, and something of an empty span', () => {
  assert.equal(toSentry([]).transactions, [])
  assert.is(toSentry([span({ name: '', resource: bare })]).transactions.length, 1)
})

/** The Collector's fixtures: orphans that were shattered there are kept whole here. */
whole('two roots with their children are two transactions, and an orphan is one', () => {
  const child = (id: number, parent: number): Span =>
    span({ spanId: spanId(id), parentSpanId: spanId(parent), traceId: traceId(1) })
  const spans = [
    child(3, 2),
    child(2, 1),
    child(4, 1),
    span({ spanId: spanId(1) }),
    span({ spanId: spanId(5) }),
    child(6, 5),
  ]
  assert.is(toSentry(spans).transactions.length, 2)
  assert.is(toSentry([...spans, child(8, 7)]).transactions.length, 3)
  assert.is(toSentry([child(2, 1), child(4, 1)]).transactions.length, 1)
})

whole(
  'the environment is the option, the attribute that the server made one of, or the newer ones',
  () => {
    assert.is(collector.environment(Resource.of({ environment: 'old' })), 'old')
    assert.is(collector.environment(Resource.of({ 'deployment.environment': 'new' })), 'new')
    const tagged = toSentry([span({ attributes: { environment: 'x', release: 'y', user: 'z' } })])
    assert.equal(Object.keys(tagged.transactions[0]?.tags ?? {}).sort(), [
      'service.name',
      'service.version',
      'span_kind',
    ])
  },
)

whole('attributes of any type are in data too', () => {
  const [transaction] = toSentry([span({ attributes: { list: ['a'], n: 1 } })]).transactions
  assert.equal(transaction?.contexts.trace.data, {
    list: '["a"]',
    n: 1,
    'sentry.name': 'work',
  })
})

whole('a root that no program made has the tags of its resource alone', () => {
  const orphan = (id: number): Span =>
    span({
      spanId: spanId(id),
      parentSpanId: spanId(99),
      attributes: { own: id },
      resource: resource('shop'),
    })
  const [transaction] = toSentry([orphan(1), orphan(2)]).transactions
  assert.equal(transaction?.tags, { 'service.name': 'shop', 'service.version': '1.0.0' })
})

whole.run()
