/** Log records for tests of their items: with fields that a test cares about, and any that a decoder can give. */
import { resource, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import { type PrintedItem, textOf } from '../../src/item/ItemText.ts'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import type * as LogItem from '../../src/log/LogItem.ts'
import { type LogItems, type LogItemsOptions, logItems } from '../../src/log/logItems.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes, AttributeValue } from '../../src/model/Attributes.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'

// constructors

export const NOW_MILLIS = 1_700_000_000_000

const SHOP = resource('shop')

export const record = (fields: Partial<LogRecord> = {}): LogRecord => ({
  traceId: traceId(1),
  spanId: spanId(2),
  timeMicros: Micros.of(1_700_000_000_250_000),
  severity: 9,
  body: 'the shop is open',
  attributes: {},
  resource: SHOP,
  ...fields,
})

/** Keys of attributes, some of which records, scopes and resources have in common. */
const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'event.name',
    'instrumentation.name',
    'otel.flags',
    'resource.service.name',
    'sentry.environment',
    'sentry.timestamp.sequence',
    'service.name',
    'url',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\ud800', 'a\udfff', 'https://u:p@host/?token=1', '"\\\u0000\u2028'),
  fc.boolean(),
  fc.double(),
  fc.maxSafeInteger(),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
    .filter((one) => !Number.isSafeInteger(Number(one))),
  fc.uint8Array({ maxLength: 8 }),
  fc.constant(null),
)

/** An object with these keys, `__proto__` included. */
const attributesOf = (value: fc.Arbitrary<AttributeValue>): fc.Arbitrary<Attributes> =>
  fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => Object.fromEntries(entries))

/** Any value that a decoder can give. */
export const arbitraryValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(scalar, { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 3 }),
      attributesOf(tie('value')),
    ),
  }),
).value

const arbitraryAttributes = attributesOf(arbitraryValue)

const nanos = fc.nat({ max: 999 })

const moment = fc.oneof(
  fc.constant(0),
  fc.maxSafeNat().map((one) => one + 1),
)

const uint32 = fc.nat({ max: 2 ** 32 - 1 })

const word = fc.oneof(fc.constantFrom('', 'INFO', 'Error', 'notice'), fc.string({ maxLength: 8 }))

/** Some keys of the attributes were sent as doubles. */
const withDoubles = arbitraryAttributes.chain((attributes) =>
  fc.record({ attributes: fc.constant(attributes), doubles: fc.subarray(Object.keys(attributes)) }),
)

/** Any record that a decoder can give. */
export const arbitraryRecord: fc.Arbitrary<LogRecord> = fc
  .record({
    traceId: fc.option(fc.constant(traceId(1)), { nil: undefined }),
    spanId: fc.option(fc.constant(spanId(1)), { nil: undefined }),
    timeMicros: moment.map(Micros.of),
    timeNanos: nanos,
    observedMicros: moment.map(Micros.of),
    observedNanos: nanos,
    severity: fc.oneof(fc.nat({ max: 30 }), uint32),
    severityText: word,
    eventName: word,
    body: arbitraryValue,
    given: withDoubles,
    droppedAttributes: uint32,
    flags: uint32,
    resource: withDoubles.map(({ attributes, doubles }) => Resource.of(attributes, doubles)),
    scope: fc.option(fc.record({ name: word, version: word, attributes: arbitraryAttributes }), {
      nil: undefined,
    }),
  })
  .map(({ given, ...fields }) => ({ ...fields, ...given }))

// guards

const DIGITS = /^\{"value":-?(?:0|[1-9]\d*),"type":"integer"\}$/

const FRACTION = /^\{"value":-?(?:0|[1-9]\d*)(?:\.\d+|(?:\.\d+)?e[+-]\d+),"type":"double"\}$/

/** Whether the JSON of an attribute is valid, and its value has the type that it states. */
export const hasStatedType = (printed: string): boolean => {
  const { value, type } = JSON.parse(printed)
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type
    case 'integer':
      return DIGITS.test(printed) && TypedAttribute.isLong(BigInt(printed.replace(/[^-\d]/g, '')))
    case 'double':
      return FRACTION.test(printed) && Number.isFinite(value)
    default:
      return type === 'array' && TypedAttribute.isFlat(value)
  }
}

// running

export const run = (
  records: ReadonlyArray<LogRecord>,
  options: Partial<LogItemsOptions> = {},
): Omit<LogItems, 'items'> & { readonly items: ReadonlyArray<WholeLog> } => {
  const toItems = logItems({ mapping: Mapping.sentry, privacy: Sensitive.defaults, ...options })
  const made = toItems(records, NOW_MILLIS)
  return { ...made, items: made.items.map((item) => ({ ...item, text: textOf(item) })) }
}

export interface WholeLog extends PrintedItem {
  readonly text: string
}

/** The item of a record, as the server reads it. */
export const itemOf = (
  fields: Partial<LogRecord>,
  options: Partial<LogItemsOptions> = {},
): LogItem.LogItem => {
  const [item] = run([record(fields)], options).items
  return JSON.parse(item?.text ?? 'null')
}
