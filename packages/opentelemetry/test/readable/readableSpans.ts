/** Finished spans as the SDK makes them, for tests: by hand, and arbitrary ones. */
import fc from 'fast-check'
import type { LinkLike, ReadableSpan, SpanContextLike } from '../../src/readable/ReadableSpan.ts'

export const traceId = (n: number): string => String(n).padStart(32, 'a')

export const spanId = (n: number): string => String(n).padStart(16, 'b')

export const context = (n: number, fields: Partial<SpanContextLike> = {}): SpanContextLike => ({
  traceId: traceId(1),
  spanId: spanId(n),
  traceFlags: 1,
  ...fields,
})

const resource = { attributes: { 'service.name': 'shop', 'host.cpu': 8 } }

const instrumentationScope = { name: 'express', version: '1.2.3', attributes: { a: [1, 2] } }

export const readableSpan = (n: number, fields: Partial<ReadableSpan> = {}): ReadableSpan => ({
  name: `span ${n}`,
  kind: 0,
  spanContext: () => context(n),
  startTime: [1_700_000_000, n * 1000],
  endTime: [1_700_000_001, 999_999_999],
  status: { code: 0 },
  attributes: {},
  links: [],
  events: [],
  resource,
  instrumentationScope,
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
  ...fields,
})

const key = fc.constantFrom(
  'http.route',
  'http.request.method',
  'db.system.name',
  'url.full',
  'my.value',
  'user.id',
  '__proto__',
  'é"',
)

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 9 }),
  fc.integer(),
  fc.maxSafeInteger(),
  // The serializers of OTLP treat whole numbers beyond 2^53 differently from each other.
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
  fc.boolean(),
)

const value = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(fc.option(scalar), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, [[1], ['x']], { a: { b: [1] } }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
)

const attributes = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true })

const hrTime = fc.tuple(
  fc.integer({ min: 1_700_000_000, max: 1_700_000_009 }),
  fc.nat(999_999_999),
) satisfies fc.Arbitrary<readonly [number, number]>

const link: fc.Arbitrary<LinkLike> = fc.record({
  context: fc.constantFrom(
    context(7),
    context(8, { traceId: traceId(2), isRemote: true, traceState: { serialize: () => 'a=1' } }),
    context(9, { traceId: '', traceState: { serialize: () => 'a=1' } }),
    context(9, { spanId: '0'.repeat(16) }),
  ),
  attributes: fc.option(attributes, { nil: undefined }),
})

const event = fc.oneof(
  fc.record({ name: fc.constantFrom('ready', 'retry'), time: hrTime, attributes }),
  fc.record({
    name: fc.constant('exception'),
    time: hrTime,
    attributes: fc.constantFrom(
      {
        'exception.type': 'TypeError',
        'exception.message': 'no',
        'exception.stacktrace': 'TypeError: no\n    at load (/srv/shop.js:1:1)',
      },
      { 'exception.type': 'Error', 'exception.message': 'late', 'exception.escaped': true },
    ),
  }),
)

const draw = fc.record({
  kind: fc.nat(4),
  startTime: hrTime,
  endTime: hrTime,
  status: fc.record({
    code: fc.nat(2),
    message: fc.constantFrom(undefined, '', 'failed'),
  }),
  attributes,
  links: fc.array(link, { maxLength: 2 }),
  events: fc.array(event, { maxLength: 2 }),
  droppedAttributesCount: fc.nat(2),
  isRemote: fc.boolean(),
  parent: fc.nat(12),
  trace: fc.integer({ min: 1, max: 2 }),
  traceFlags: fc.constantFrom(1, 3),
})

/** Spans of one program: parents come before and after their children, some are missing, some are in another process. */
export const program: fc.Arbitrary<ReadonlyArray<ReadableSpan>> = fc
  .array(draw, { minLength: 1, maxLength: 9 })
  .map((draws) =>
    draws.map(({ isRemote, parent, trace, traceFlags, ...fields }, i) =>
      readableSpan(i + 1, {
        ...fields,
        spanContext: () => context(i + 1, { traceId: traceId(trace), traceFlags }),
        ...(parent === 0 || parent === i + 1
          ? {}
          : { parentSpanContext: context(parent, { traceId: traceId(trace), isRemote }) }),
      }),
    ),
  )
