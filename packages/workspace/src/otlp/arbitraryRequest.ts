/** Requests in JSON form, with every field of OTLP's messages, each of which may be absent. */
import fc from 'fast-check'
import { arbitraryMetric } from './arbitraryMetric.ts'
import type { JsonRequest } from './oracle.ts'

// constructors

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((id) => Buffer.from(id).toString('hex'))
    .filter((id) => !/^0+$/.test(id))

const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }))

const key = fc.oneof(
  fc.constantFrom('http.route', 'db.system', 'service.name', '__proto__', 'constructor', 'été'),
  fc.string({ minLength: 1, maxLength: 80 }),
)

const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)

const uint32 = fc.nat({ max: 0xffffffff })

const double = fc.oneof(fc.double(), fc.integer().map(Number)).map((value) =>
  // JSON has names for the numbers that it cannot write.
  Number.isFinite(value) ? value : String(value),
)

const int64 = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
)

const values = fc.letrec<{ value: object; list: ReadonlyArray<object> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: double }),
    fc
      .uint8Array({ maxLength: 12 })
      .map((bytes) => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
    fc.constant({}),
    fc
      .array(tie('value'), { maxLength: 3 })
      .map((values) => ({ arrayValue: values.length === 0 ? {} : { values } })),
    tie('list').map((values) => ({ kvlistValue: values.length === 0 ? {} : { values } })),
  ),
  list: fc.array(fc.record({ key, value: tie('value') }), { maxLength: 4 }),
}))

const { value, list } = values

/** Every field may be absent. */
const partly = <A extends object>(
  fields: {
    readonly [K in keyof A]: fc.Arbitrary<A[K]>
  },
): fc.Arbitrary<Partial<A>> => fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<A>>

const event = partly({
  timeUnixNano: nanos,
  name: text,
  attributes: list,
  droppedAttributesCount: uint32,
})

const link = fc.record(
  {
    traceId: hex(16),
    spanId: hex(8),
    traceState: text,
    attributes: list,
    droppedAttributesCount: uint32,
    flags: uint32,
  },
  { requiredKeys: ['traceId', 'spanId'] },
)

const span = fc.record(
  {
    traceId: hex(16),
    spanId: hex(8),
    parentSpanId: hex(8),
    traceState: text,
    name: text,
    kind: fc.nat({ max: 6 }),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: list,
    droppedAttributesCount: uint32,
    events: fc.array(event, { maxLength: 3 }),
    droppedEventsCount: uint32,
    links: fc.array(link, { maxLength: 3 }),
    droppedLinksCount: uint32,
    status: partly({ code: fc.nat({ max: 4 }), message: text }),
    flags: uint32,
  },
  { requiredKeys: ['traceId', 'spanId'] },
)

const record = partly({
  timeUnixNano: nanos,
  observedTimeUnixNano: nanos,
  severityNumber: fc.nat({ max: 30 }),
  severityText: text,
  body: value,
  attributes: list,
  droppedAttributesCount: uint32,
  flags: uint32,
  traceId: hex(16),
  spanId: hex(8),
  eventName: text,
})

const grouped = (
  resources: string,
  scopes: string,
  items: string,
  item: fc.Arbitrary<object>,
): fc.Arbitrary<JsonRequest> => {
  const scope = partly({
    scope: partly({ name: text, version: text, attributes: list }),
    [items]: fc.array(item, { maxLength: 3 }),
    schemaUrl: text,
  })
  const resource = partly({
    resource: partly({ attributes: list, droppedAttributesCount: uint32 }),
    [scopes]: fc.array(scope, { maxLength: 3 }),
    schemaUrl: text,
  })
  return fc.record({ [resources]: fc.array(resource, { maxLength: 3 }) })
}

export const traces: fc.Arbitrary<JsonRequest> = grouped(
  'resourceSpans',
  'scopeSpans',
  'spans',
  span,
)

export const logs: fc.Arbitrary<JsonRequest> = grouped(
  'resourceLogs',
  'scopeLogs',
  'logRecords',
  record,
)

export const metrics: fc.Arbitrary<JsonRequest> = grouped(
  'resourceMetrics',
  'scopeMetrics',
  'metrics',
  arbitraryMetric({ attributes: list, nanos, double, hex, text }),
)
