/**
 * Spans as nobody should send them: invalid times, ill-formed texts, numbers that JSON cannot express, values of a
 * megabyte, thousands of attributes, deep nesting. The envelopes that are made of them must be valid all the same.
 */
import type { Attributes, AttributeValue } from '@sentry-exporter/core/Attributes'
import type { Micros } from '@sentry-exporter/core/Micros'
import * as Resource from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import fc from 'fast-check'
import { tree } from './arbitrarySpans.ts'
import { spanId, traceId } from './spans.ts'

// constructors

/** The time at which they arrive, in milliseconds since 1970. */
export const NOW_MILLIS = 1_700_000_100_000

const DAY_MICROS = 86_400e6

// Times are of a type that only checked times have: these were not checked.
const time: fc.Arbitrary<Micros> = fc.constantFrom(
  ...([
    0,
    1,
    -5,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2 ** 53,
    18_446_744_073_709_552,
    253_402_300_799_000_000,
    1e30,
    NOW_MILLIS * 1e3,
    NOW_MILLIS * 1e3 - 1,
    NOW_MILLIS * 1e3 - 4.9 * DAY_MICROS,
    NOW_MILLIS * 1e3 - 6 * DAY_MICROS,
    NOW_MILLIS * 1e3 - 100 * DAY_MICROS,
    NOW_MILLIS * 1e3 + 45e6,
    NOW_MILLIS * 1e3 + 400 * DAY_MICROS,
  ] as ReadonlyArray<number> as ReadonlyArray<Micros>),
)

const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\udc00 low first',
    'two\nlines\r\n',
    '\u001b[31mred',
    'x'.repeat(5_000),
    'x'.repeat(9_000),
    `http://shop.example/${'y'.repeat(400)}`,
    'a=1&'.repeat(400),
    'a=%00&'.repeat(200),
    'ä'.repeat(150),
    'latest',
    'GET',
    'PUT7',
    '\ud83d\ude00'.repeat(150),
    `${'x'.repeat(199)}\ud83d\ude00`,
    ' '.repeat(250),
    'GET /a?token=1',
    'https://me:hush@host/a?b#c',
    'none',
    '..',
    'a/b\\c',
    '\\ud800',
    '"}{',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

const nested = (depth: number): AttributeValue => {
  let value: AttributeValue = 'end'
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 6,
    arbitrary: fc.constantFrom<AttributeValue>(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
      2 ** 60,
      -(2n ** 63n),
      1e-320,
      true,
      null,
      new Uint8Array([0, 255]),
      [],
      {},
      ['\ud800', Number.NaN, null],
      { '\ud800': '\ud800', '': Number.NaN },
      404,
      '404',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(40, 20_000).map(nested) },
)

// biome-ignore format: one key a line would be long
const KEYS = `
  sentry.op sentry.origin sentry.source sentry.custom_span_name sentry.replay_id
  sentry.graphql.operation http.request.method http.method http.route http.target
  http.status_code http.response.status_code url.full url.path server.address db.system
  db.statement db.params gen_ai.operation.name messaging.system faas.trigger rpc.service
  rpc.grpc.status_code user.id client.address http.request.header.x environment release password
  otel.kind otel.trace_state sentry_exporter.synthetic sentry.measurement_value url.query
  url.scheme http.request.header.cookie http.request.header.accept user_agent.original
  user.email method status uri grpc.status_code faas.invocation_id express.type sentry.name
`.trim().split(/\s+/)

const key: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...KEYS), text)

const few: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(key, value), { maxLength: 12 })
  .map((pairs) => Object.fromEntries(pairs))

const attributes: fc.Arbitrary<Attributes> = fc.oneof(
  { weight: 60, arbitrary: few },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Attributes>(
      { large: 'x'.repeat(1_000_000) },
      { large: '\u0001"\\'.repeat(100_000), small: 1 },
      Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`key ${n}`, n])),
      { ['k'.repeat(100_000)]: 1 },
    ),
  },
)

const ids = {
  spanId: fc.integer({ min: 1, max: 50 }).map(spanId),
  traceId: fc.integer({ min: 1, max: 3 }).map(traceId),
}

const event: fc.Arbitrary<SpanEvent> = fc.record({
  name: fc.oneof(
    fc.constantFrom('exception', 'browser.web_vital', 'gen_ai.user.message', 'log'),
    text,
  ),
  timeMicros: time,
  attributes: fc.oneof(
    few,
    fc.record({ 'exception.type': text, 'exception.message': text, 'exception.stacktrace': text }),
    fc.record({
      'sentry.measurement_value': fc.double(),
      'sentry.measurement_unit': text,
    }),
  ),
  droppedAttributes: fc.constantFrom(0, 1, Number.NaN),
})

const link: fc.Arbitrary<SpanLink> = fc.record({
  ...ids,
  traceState: text,
  attributes: few,
  flags: fc.constantFrom(undefined, 0, 3, 2 ** 32),
  droppedAttributes: fc.constant(0),
})

const resource: fc.Arbitrary<Resource.Resource> = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom(
        'service.name',
        'service.version',
        'service.namespace',
        'deployment.environment.name',
        'host.name',
        'sentry.release',
        'sentry.dist',
        'sentry.environment',
        'telemetry.sdk.language',
        'process.command_line',
        'os.name',
        'cloud.region',
        'k8s.pod.name',
        'environment',
      ),
      text,
    ),
    fc.oneof({ weight: 20, arbitrary: value }, fc.constant('y'.repeat(100_000))),
    { maxKeys: 8 },
  )
  .map((found) => Resource.of(found))

/** The hostile fields of one span; the other fields are ordinary. */
const hostility: fc.Arbitrary<Partial<Span>> = fc.record(
  {
    name: text,
    startMicros: time,
    endMicros: time,
    status: fc.record({
      code: fc.constantFrom<Span['status']['code']>('UNSET', 'OK', 'ERROR', 99, -1, Number.NaN),
      message: text,
    }),
    attributes,
    events: fc.oneof(
      { weight: 20, arbitrary: fc.array(event, { maxLength: 4 }) },
      { weight: 1, arbitrary: event.map((one) => Array.from({ length: 300 }, () => one)) },
    ),
    links: fc.array(link, { maxLength: 3 }),
    flags: fc.constantFrom(undefined, 0x101, 0x301, 2 ** 32 - 1),
    traceState: fc.oneof(fc.constantFrom('ot=th:8', 'ot=th:;p:99', 'a=b,ot=rv:x'), text),
    droppedAttributes: fc.constantFrom(0, 7, Number.POSITIVE_INFINITY),
    scope: fc.record({ name: text, version: text, attributes: few }),
    resource,
  },
  { requiredKeys: [] },
)

/** One trace, in any shape, of spans in which anything may be wrong but their ids. */
export const hostileSpans: fc.Arbitrary<ReadonlyArray<Span>> = tree(1).chain((spans) =>
  fc
    .array(hostility, { minLength: spans.length, maxLength: spans.length })
    .map((all) => spans.map((one, index) => ({ ...one, ...all[index] }))),
)
