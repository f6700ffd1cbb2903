/**
 * Field by field: the events that the Collector's exporter made of a span until version 0.144. The expected values follow
 * the source of that exporter (`sentry_exporter.go` in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib) and what Sentry does with its events.
 */
import { resource, span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../../src/mapping/Mapping.ts'
import * as Tags from '../../../src/mapping/Tags.ts'
import type { Attributes } from '../../../src/model/Attributes.ts'
import * as Micros from '../../../src/model/Micros.ts'
import * as Resource from '../../../src/model/Resource.ts'
import type { Span } from '../../../src/model/Span.ts'
import { assemble } from '../../../src/pipeline/assemble.ts'
import type { ErrorEvent } from '../../../src/sentry/ErrorEvent.ts'

const toSentry = assemble({ mapping: Mapping.collector, errors: { errors: 'all' } })

const SECONDS = 1_700_000_000

const exception = (attributes: Attributes): Span['events'][number] => ({
  name: 'exception',
  timeMicros: Micros.of((SECONDS + 0.5) * 1e6),
  attributes,
  droppedAttributes: 0,
})

const errorOf = (fields: Partial<Span>): ErrorEvent => {
  const [error] = toSentry([span(fields)]).errors
  if (error === undefined) throw new Error('no error')
  return error
}

const whole = suite('Mapping.collector: whole events')

const shop = Resource.of({ 'service.name': 'shop', 'host.name': 'vm', zone: 'eu' })

const server = span({
  spanId: spanId(2),
  parentSpanId: spanId(1),
  kind: 'SERVER',
  name: '/orders/{id}',
  attributes: { 'http.method': 'GET', 'http.status_code': 503, zone: 'span', retried: true },
  status: { code: 'ERROR', message: 'no stock' },
  scope: { name: 'otel-go', version: '1.2.0', attributes: {} },
  startMicros: Micros.of(SECONDS * 1e6),
  endMicros: Micros.of((SECONDS + 2) * 1e6),
  events: [exception({ 'exception.type': '*errors.errorString', 'exception.message': 'empty' })],
  resource: shop,
})

const query = span({
  spanId: spanId(3),
  parentSpanId: spanId(2),
  kind: 'CLIENT',
  name: 'query',
  attributes: { 'db.system': 'mysql', 'db.statement': 'SELECT 1' },
  startMicros: Micros.of(SECONDS * 1e6),
  endMicros: Micros.of((SECONDS + 1) * 1e6),
  resource: shop,
})

const TAGS = {
  'service.name': 'shop',
  'host.name': 'vm',
  zone: 'eu',
  'http.method': 'GET',
  'http.status_code': '503',
  retried: 'true',
  status_message: 'no stock',
  span_kind: 'SPAN_KIND_SERVER',
  library_name: 'otel-go',
  library_version: '1.2.0',
}

whole('a transaction', () => {
  const [transaction] = toSentry([server, query]).transactions
  assert.is(transaction?.type, 'transaction')
  assert.is(transaction?.transaction, 'GET /orders/{id}')
  assert.is(transaction?.start_timestamp, SECONDS)
  assert.is(transaction?.timestamp, SECONDS + 2)
  assert.equal(transaction?.tags, TAGS)
  const { data: _, origin: __, ...trace } = transaction?.contexts.trace ?? {}
  assert.equal(trace, {
    trace_id: server.traceId,
    span_id: spanId(2),
    parent_span_id: spanId(1),
    op: 'http.server',
    description: 'GET /orders/{id}',
    status: 'unavailable',
  })
})

whole('a child span', () => {
  const [child] = toSentry([server, query]).transactions[0]?.spans ?? []
  const { data: _, origin: __, ...fields } = child ?? {}
  assert.equal(fields, {
    span_id: spanId(3),
    trace_id: server.traceId,
    parent_span_id: spanId(2),
    tags: {
      'service.name': 'shop',
      'host.name': 'vm',
      zone: 'eu',
      'db.system': 'mysql',
      'db.statement': 'SELECT 1',
      span_kind: 'SPAN_KIND_CLIENT',
    },
    op: 'db',
    description: 'SELECT 1',
    status: 'ok',
    start_timestamp: SECONDS,
    timestamp: SECONDS + 1,
  })
})

whole('an error', () => {
  const [error] = toSentry([server, query]).errors
  assert.is(error?.level, 'error')
  assert.is(error?.message, 'empty')
  assert.equal(
    error?.exception.values.map(({ type, value, module }) => ({ type, value, module })),
    [{ type: '*errors.errorString', value: 'empty', module: undefined }],
  )
  assert.equal(error?.tags, TAGS)
  assert.equal(error?.contexts.trace, {
    trace_id: server.traceId,
    span_id: spanId(2),
    parent_span_id: spanId(1),
    op: 'http.server',
    description: 'GET /orders/{id}',
    status: 'unavailable',
  })
})

whole('the default mapping has none of these fields', () => {
  const made = assemble({ mapping: Mapping.sentry, errors: { errors: 'all' } })([server, query])
  assert.is(made.transactions[0]?.contexts.trace.description, undefined)
  assert.is(made.transactions[0]?.spans[0]?.tags, undefined)
  assert.is(made.errors[0]?.contexts.trace.description, undefined)
  assert.is(made.errors[0]?.message, undefined)
})

whole('a long description is cut in the trace context only', () => {
  const statement = `SELECT '${'x'.repeat(5_000)}'`
  const attributes = { 'db.system': 'mysql', 'db.statement': statement }
  const [transaction] = toSentry([span({ attributes })]).transactions
  assert.is(transaction?.contexts.trace.description, statement.slice(0, 1_000))
  assert.is(transaction?.contexts.trace.data?.['db.statement'], statement)
})

whole('an op is never empty: it is left out where no attribute determines it', () => {
  for (const attributes of [{}, { 'faas.trigger': '' }, { 'faas.trigger': 7 }]) {
    const [transaction] = toSentry([
      span({ attributes }),
      span({ spanId: spanId(2), parentSpanId: spanId(1), flags: 0x101, attributes }),
    ]).transactions
    assert.not.ok('op' in (transaction?.contexts.trace ?? {}))
    assert.is(transaction?.spans.length, 1)
    assert.not.ok('op' in (transaction?.spans[0] ?? {}))
  }
})

whole.run()

const errors = suite('Mapping.collector: types and values of errors')

const JAVA_STACK = [
  'com.shop.payments.Declined: no funds',
  '\tat com.shop.payments.Terminal.pay(Terminal.java:12)',
  'Caused by: java.io.IOException: closed',
  '\tat com.shop.payments.Terminal.open(Terminal.java:4)',
].join('\n')

const java = Resource.of({ 'service.name': 'shop', 'telemetry.sdk.language': 'java' })

// of the exception: type, message, stack; type and value of the error
const ERRORS: ReadonlyArray<
  readonly [string, string, string, string | undefined, string, string | undefined]
> = [
  [
    'com.shop.payments.Declined',
    'no funds',
    JAVA_STACK,
    'com.shop.payments.Declined',
    'no funds',
    'java.io.IOException',
  ],
  ['java.lang.Error', 'x', '', 'java.lang.Error', 'x', undefined],
  ['java.lang.Error', '', '', 'java.lang.Error', '', undefined],
  ['', 'a message alone', '', undefined, 'a message alone', undefined],
  [' padded ', ' padded ', '', ' padded ', ' padded ', undefined],
  [
    'com.shop.payments.Declined',
    '',
    JAVA_STACK,
    'com.shop.payments.Declined',
    '',
    'java.io.IOException',
  ],
  ['', 'no funds', JAVA_STACK, undefined, 'no funds', 'java.io.IOException'],
]

for (const [type, message, stack, ofType, ofValue, cause] of ERRORS) {
  errors(`${JSON.stringify([type, message])}${stack === '' ? '' : ' with a stack'}`, () => {
    const attributes = {
      'exception.type': type,
      'exception.message': message,
      ...(stack === '' ? {} : { 'exception.stacktrace': stack }),
    }
    const error = errorOf({ events: [exception(attributes)], resource: java })
    const outermost = error.exception.values.at(-1)
    assert.is(outermost?.type, ofType)
    assert.is(outermost?.value, ofValue)
    assert.is(outermost?.module, undefined)
    assert.is(error.exception.values.at(-2)?.type, cause)
    assert.is(error.message, message === '' ? undefined : message)
    if (stack !== '') assert.ok((outermost?.stacktrace?.frames.length ?? 0) > 0)
  })
}

errors('the text of a stack stays where the error does not show all of its header', () => {
  const attributes = { 'exception.type': 'Declined', 'exception.stacktrace': JAVA_STACK }
  const error = errorOf({ events: [exception(attributes)], resource: java })
  assert.is(error.extra?.['exception.stacktrace'], JAVA_STACK)
})

errors('a stack alone, of which the Collector made no error, is one of its own type', () => {
  const error = errorOf({
    events: [exception({ 'exception.stacktrace': JAVA_STACK })],
    resource: java,
  })
  const outermost = error.exception.values.at(-1)
  assert.equal([outermost?.type, outermost?.value], ['com.shop.payments.Declined', 'no funds'])
})

errors('the level is error also for an exception that did not fail its span', () => {
  const recorded = exception({ 'exception.type': 'Retry', 'exception.message': 'again' })
  assert.is(errorOf({ events: [recorded] }).level, 'error')
})

errors('types of Ruby, which contain their module, stay as they are', () => {
  const ruby = Resource.of({ 'telemetry.sdk.language': 'ruby' })
  const recorded = exception({ 'exception.type': 'Shop::Declined', 'exception.message': 'x' })
  const [value] = errorOf({ events: [recorded], resource: ruby }).exception.values
  assert.equal([value?.type, value?.module], ['Shop::Declined', undefined])
})

errors.run()

const environments = suite('Mapping.collector: environment')

// of the span, of the resource, of the option; of the transaction and its errors
const ENVIRONMENTS: ReadonlyArray<
  readonly [Attributes, Attributes, string | undefined, string | undefined]
> = [
  [{ environment: 'span' }, {}, undefined, 'span'],
  [{ environment: 'span' }, { environment: 'resource' }, undefined, 'resource'],
  [{ environment: 'span' }, { environment: 'resource' }, 'option', 'option'],
  [{ environment: 'span' }, {}, 'option', 'option'],
  [{ environment: 'span' }, { 'deployment.environment': 'newer' }, undefined, 'span'],
  [{}, { 'deployment.environment.name': 'newer' }, undefined, 'newer'],
  [{}, { environment: 'resource', 'sentry.environment': 'newer' }, undefined, 'resource'],
  [{ environment: 5 }, {}, undefined, '5'],
  [{ environment: true }, {}, undefined, 'true'],
  [{ environment: 2.5 }, {}, undefined, '2.5'],
  [{}, { environment: 5 }, undefined, '5'],
  [{}, { environment: false }, undefined, 'false'],
  [{ environment: ['list'] }, {}, undefined, undefined],
  [{ environment: '' }, { 'deployment.environment': 'newer' }, undefined, 'newer'],
  [{}, { environment: '', 'deployment.environment': 'newer' }, undefined, 'newer'],
  [{ environment: 'none' }, { 'deployment.environment': 'newer' }, undefined, 'newer'],
  [{}, {}, undefined, undefined],
]

for (const [ofSpan, ofResource, option, environment] of ENVIRONMENTS) {
  environments(`${JSON.stringify([ofSpan, ofResource, option ?? 'no option'])}`, () => {
    const mapping =
      option === undefined ? Mapping.collector : Mapping.forceEnvironment(option)(Mapping.collector)
    const made = assemble({ mapping, errors: { errors: 'all' } })([
      span({
        attributes: ofSpan,
        resource: Resource.of(ofResource),
        events: [exception({ 'exception.type': 'E' })],
      }),
    ])
    assert.is(made.transactions[0]?.environment, environment)
    assert.is(made.errors[0]?.environment, environment)
    assert.not.ok('environment' in (made.transactions[0]?.tags ?? {}))
  })
}

environments('an error has that of its own span, a transaction that of its root', () => {
  const { transactions, errors: made } = toSentry([
    span({ attributes: { environment: 'of the root' } }),
    span({
      spanId: spanId(2),
      parentSpanId: spanId(1),
      flags: 0x101,
      attributes: { environment: 'of-the-child' },
      events: [exception({ 'exception.type': 'E' })],
    }),
  ])
  const [root] = toSentry([span({ attributes: { environment: 'of the root' } })]).transactions
  assert.is(transactions[0]?.environment, root?.environment)
  assert.is(made[0]?.environment, 'of-the-child')
})

environments('spans without one keep that of their resource, in any order', () => {
  const shared = resource('shop')
  const { transactions } = toSentry([
    span({ spanId: spanId(1), resource: shared, attributes: { environment: 'a' } }),
    span({ spanId: spanId(2), resource: shared }),
    span({ spanId: spanId(3), resource: shared, attributes: { environment: 'b' } }),
    span({ spanId: spanId(4), resource: shared, attributes: { environment: 'a' } }),
  ])
  const found = new Map(
    transactions.map(({ contexts, environment }) => [contexts.trace.span_id, environment]),
  )
  assert.equal(
    [1, 2, 3, 4].map((n) => found.get(spanId(n))),
    ['a', undefined, 'b', 'a'],
  )
})

environments('of many values stay apart', () => {
  const shared = resource('shop')
  const spans = Array.from({ length: 250 }, (_unused, n) =>
    span({ spanId: spanId(n + 1), resource: shared, attributes: { environment: `e${n}` } }),
  )
  const found = new Set(toSentry(spans).transactions.map(({ environment }) => environment))
  assert.is(found.size, 250)
})

environments('the default mapping does not look at this attribute of a span', () => {
  const made = assemble({ mapping: Mapping.sentry })([span({ attributes: { environment: 'x' } })])
  assert.is(made.transactions[0]?.environment, undefined)
})

environments.run()

const keys = suite('Mapping.collector: keys that become equal')

const fitted = (attributes: Attributes, ofResource: Attributes = {}): Tags.Tags => {
  const one = span({ attributes, resource: Resource.of(ofResource), kind: 'UNSPECIFIED' })
  return toSentry([one]).transactions[0]?.tags ?? {}
}

const LONG = 'k'.repeat(200)

// of the span, of the resource; the tags
const COLLIDING: ReadonlyArray<readonly [Attributes, Attributes, Tags.Tags]> = [
  [{ a_b: 'valid', 'a b': 'repaired' }, {}, { a_b: 'valid' }],
  [{ 'a b': 'repaired', a_b: 'valid' }, {}, { a_b: 'valid' }],
  [{ [LONG]: 'valid', [`${LONG}k`]: 'cut' }, {}, { [LONG]: 'valid' }],
  [{ [`${LONG}k`]: 'cut', [LONG]: 'valid' }, {}, { [LONG]: 'valid' }],
  [{ 'a/b': 'second', 'a b': 'first' }, {}, { a_b: 'first' }],
  [{ 'a b': 'first', 'a/b': 'second' }, {}, { a_b: 'first' }],
  [{ a_b: 'valid' }, { 'a b': 'repaired' }, { a_b: 'valid' }],
  [{ 'a b': 'repaired' }, { a_b: 'valid' }, { a_b: 'valid' }],
  [{ 'a b': 'of the span' }, { 'a b': 'of the resource' }, { a_b: 'of the resource' }],
  [{ a_b: ' ', 'a b': 'repaired' }, {}, { a_b: 'repaired' }],
  [{ 'span kind': 'repaired' }, {}, { span_kind: 'repaired' }],
]

for (const [ofSpan, ofResource, tags] of COLLIDING) {
  const short = (one: Attributes): string => JSON.stringify(one).replaceAll(LONG, '<200>')
  keys(`${short(ofSpan)} with ${short(ofResource)}`, () => {
    assert.equal(fitted(ofSpan, ofResource), tags)
  })
}

keys('a fact about the span wins over a repaired key', () => {
  const one = span({ kind: 'SERVER', attributes: { 'span kind': 'repaired' } })
  assert.is(toSentry([one]).transactions[0]?.tags['span_kind'], 'SPAN_KIND_SERVER')
})

keys('the order of attributes makes no difference', () => {
  const entries = Object.entries({ 'a b': '1', 'a/b': '2', a_b: '3', 'a\tb': '4', other: '5' })
  const forth = Tags.fit(Object.fromEntries(entries))
  assert.equal(Tags.fit(Object.fromEntries(entries.reverse())), forth)
})

keys.run()
