import type { AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Rejected from '@sentry-exporter/core/Rejected'
import type { Span } from '@sentry-exporter/core/Span'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import fc from 'fast-check'
import * as t from 'io-ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../src/DecodeError.ts'
import * as _ from '../src/ExportTraceRequest.ts'

const TRACE = '5b8efff798038103d269b633813fc60c'
const SPAN = 'eee19b7ec3c1b174'

const good = (value: unknown): Batch.Batch => {
  const decoded = _.decode(value)
  if (E.isLeft(decoded)) throw new Error(DecodeError.show(decoded.left))
  return decoded.right
}

const request = (...spans: ReadonlyArray<unknown>): unknown => ({
  resourceSpans: [{ scopeSpans: [{ spans }] }],
})

const raw = (fields: object = {}): object => ({ traceId: TRACE, spanId: SPAN, ...fields })

const only = (fields: object = {}): Span => {
  const { spans, rejected } = good(request(raw(fields)))
  const [span] = spans
  if (span === undefined) throw new Error(rejected.map(Rejected.show).join())
  return span
}

const decode = suite('ExportTraceRequest.decode')

decode('reads every field of a span', () => {
  const value = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            scope: {
              name: 'lib',
              version: '2',
              attributes: [{ key: 'a', value: { boolValue: true } }],
            },
            spans: [
              {
                traceId: TRACE.toUpperCase(),
                spanId: SPAN.toUpperCase(),
                parentSpanId: 'EEE19B7EC3C1B173',
                traceState: 'a=b',
                flags: 769,
                name: 'GET /',
                kind: 2,
                startTimeUnixNano: '1544712660000000999',
                endTimeUnixNano: '1544712661000000000',
                attributes: [{ key: 'n', value: { intValue: '7' } }],
                droppedAttributesCount: 1,
                events: [
                  {
                    timeUnixNano: '1544712660500000000',
                    name: 'e',
                    attributes: [],
                    droppedAttributesCount: 2,
                  },
                ],
                droppedEventsCount: 3,
                links: [
                  { traceId: TRACE, spanId: SPAN, traceState: 'c=d', attributes: [], flags: 1 },
                ],
                droppedLinksCount: 4,
                status: { code: 2, message: 'no' },
                unknownField: {},
              },
            ],
          },
        ],
      },
    ],
  }
  const { spans } = good(value)
  assert.equal(spans, [
    {
      traceId: TRACE,
      spanId: SPAN,
      parentSpanId: 'eee19b7ec3c1b173',
      traceState: 'a=b',
      flags: 769,
      name: 'GET /',
      kind: 'SERVER',
      startMicros: 1544712660000000,
      endMicros: 1544712661000000,
      attributes: { n: 7 },
      doubles: undefined,
      droppedAttributes: 1,
      events: [{ timeMicros: 1544712660500000, name: 'e', attributes: {}, droppedAttributes: 2 }],
      droppedEvents: 3,
      links: [
        {
          traceId: TRACE,
          spanId: SPAN,
          traceState: 'c=d',
          attributes: {},
          flags: 1,
          droppedAttributes: 0,
        },
      ],
      droppedLinks: 4,
      status: { code: 'ERROR', message: 'no' },
      scope: { name: 'lib', version: '2', attributes: { a: true } },
      resource: {
        attributes: { 'service.name': 'shop' },
        service: { name: 'shop', namespace: undefined, instance: undefined },
      },
    },
  ])
})

decode('gives every missing or null optional field its default', () => {
  const bare = only()
  const nulls = only(
    Object.fromEntries(
      [
        'parentSpanId',
        'name',
        'kind',
        'startTimeUnixNano',
        'endTimeUnixNano',
        'attributes',
        'events',
        'links',
        'status',
        'flags',
        'traceState',
        'droppedAttributesCount',
      ].map((key) => [key, null]),
    ),
  )
  assert.equal(nulls, bare)
  assert.is(bare.kind, 'UNSPECIFIED')
  assert.is(bare.parentSpanId, undefined)
  assert.equal(bare.status, { code: 'UNSET', message: '' })
  assert.equal(good({}), { spans: [], rejected: [], repairs: {} })
  assert.equal(good({ resourceSpans: [{}, { scopeSpans: [{}] }] }).spans, [])
})

decode('reads enums as numbers or names, and counts as numbers or digits', () => {
  assert.is(only({ kind: 'SPAN_KIND_CONSUMER' }).kind, 'CONSUMER')
  assert.is(only({ kind: 99 }).kind, 'UNSPECIFIED')
  assert.is(only({ status: { code: 'STATUS_CODE_OK' } }).status.code, 'OK')
  assert.is(only({ status: { code: 1337 } }).status.code, 1337)
  assert.is(only({ flags: '257' }).flags, 257)
  assert.is(only({ startTimeUnixNano: 1544712660000000000 }).startMicros, 1544712660000000)
})

decode('reads an empty or all-zero parent id as no parent', () => {
  assert.is(only({ parentSpanId: '' }).parentSpanId, undefined)
  assert.is(only({ parentSpanId: '0000000000000000' }).parentSpanId, undefined)
})

const VALUES: ReadonlyArray<readonly [object | null, AttributeValue]> = [
  [{ stringValue: 'x' }, 'x'],
  [{ stringValue: '' }, ''],
  [{ boolValue: false }, false],
  [{ intValue: 5 }, 5],
  [{ intValue: '-5' }, -5],
  [{ intValue: '9223372036854775807' }, 9223372036854775807n],
  [{ intValue: '-9223372036854775808' }, -9223372036854775808n],
  [{ doubleValue: 1.5 }, 1.5],
  [{ doubleValue: '1.5e3' }, 1500],
  [{ doubleValue: '-Infinity' }, Number.NEGATIVE_INFINITY],
  [{ bytesValue: 'AQID' }, new Uint8Array([1, 2, 3])],
  [{ arrayValue: { values: [{ stringValue: 'a' }, { intValue: 1 }, {}] } }, ['a', 1, null]],
  [{ arrayValue: {} }, []],
  [{ kvlistValue: { values: [{ key: 'k', value: { boolValue: true } }] } }, { k: true }],
  [{ kvlistValue: { values: [] } }, {}],
  [{}, null],
  [null, null],
  [{ futureValue: 1 }, null],
]

for (const [value, expected] of VALUES) {
  decode(`reads ${JSON.stringify(value)}`, () => {
    assert.equal(only({ attributes: [{ key: 'a', value }] }).attributes, { a: expected })
  })
}

decode('reads not-a-number', () => {
  assert.ok(
    Number.isNaN(
      only({ attributes: [{ key: 'a', value: { doubleValue: 'NaN' } }] }).attributes['a'],
    ),
  )
})

decode('counts a 64-bit integer that JSON has rounded', () => {
  const batch = _.parse(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}","attributes":[{"key":"a","value":{"intValue":9223372036854775807}}]}]}]}]}`,
  )
  assert.equal(E.isRight(batch) && batch.right.repairs, { rounded: 1 })
})

// the field, its invalid value, the path of the failure, the expected value, the printed value
const BAD: ReadonlyArray<readonly [object, string]> = [
  [{ traceId: 'xyz' }, 'traceId: expected 32 hex characters, not all zero, got "xyz"'],
  [
    { traceId: '0'.repeat(32) },
    `traceId: expected 32 hex characters, not all zero, got "${'0'.repeat(32)}"`,
  ],
  [{ traceId: undefined }, 'traceId: expected 32 hex characters, not all zero, got nothing'],
  [{ spanId: 7 }, 'spanId: expected 16 hex characters, not all zero, got 7'],
  [{ parentSpanId: 'x' }, 'parentSpanId: expected 16 hex characters, not all zero, got "x"'],
  [{ name: {} }, 'name: expected a string, got an object'],
  [{ kind: 'SERVER' }, 'kind: expected the number or name of a span kind, got "SERVER"'],
  [{ startTimeUnixNano: 'soon' }, 'startTimeUnixNano: expected nanoseconds since 1970, got "soon"'],
  [{ endTimeUnixNano: -1 }, 'endTimeUnixNano: expected nanoseconds since 1970, got -1'],
  [{ status: [] }, 'status: expected an object, got an array'],
  [{ status: { code: 'x' } }, 'status.code: expected the number or name of a status code, got "x"'],
  [{ status: { message: 1 } }, 'status.message: expected a string, got 1'],
  [{ attributes: {} }, 'attributes: expected an array, got an object'],
  [{ attributes: ['x'] }, 'attributes[0]: expected a key and a value, got "x"'],
  [{ attributes: [{ value: {} }] }, 'attributes[0].key: expected a string, got nothing'],
  [{ attributes: [{ key: 'a', value: 'x' }] }, 'attributes[0].value: expected an object, got "x"'],
  [
    { attributes: [{ key: 'a', value: { stringValue: 1 } }] },
    'attributes[0].value.stringValue: expected a string, got 1',
  ],
  [
    { attributes: [{ key: 'a', value: { boolValue: 'x' } }] },
    'attributes[0].value.boolValue: expected a boolean, got "x"',
  ],
  [
    { attributes: [{ key: 'a', value: { intValue: 1.5 } }] },
    'attributes[0].value.intValue: expected a 64-bit integer, got 1.5',
  ],
  [
    { attributes: [{ key: 'a', value: { intValue: '9223372036854775808' } }] },
    'attributes[0].value.intValue: expected a 64-bit integer, got "9223372036854775808"',
  ],
  [
    { attributes: [{ key: 'a', value: { doubleValue: 'x' } }] },
    'attributes[0].value.doubleValue: expected a number, got "x"',
  ],
  [
    { attributes: [{ key: 'a', value: { bytesValue: '*' } }] },
    'attributes[0].value.bytesValue: expected base64, got "*"',
  ],
  [
    { attributes: [{ key: 'a', value: { arrayValue: { values: [{}, { intValue: 'x' }] } } }] },
    'attributes[0].value.arrayValue.values[1].intValue: expected a 64-bit integer, got "x"',
  ],
  [
    { attributes: [{ key: 'a', value: { kvlistValue: { values: [{ key: 1 }] } } }] },
    'attributes[0].value.kvlistValue.values[0].key: expected a string, got 1',
  ],
  [{ events: [{}, { name: 1 }] }, 'events[1].name: expected a string, got 1'],
  [
    { events: [{ attributes: [{ key: 'a', value: { intValue: 'x' } }] }] },
    'events[0].attributes[0].value.intValue: expected a 64-bit integer, got "x"',
  ],
  [
    { links: [{ traceId: TRACE }] },
    'links[0].spanId: expected 16 hex characters, not all zero, got nothing',
  ],
  [{ flags: -1 }, 'flags: expected an unsigned 32-bit integer, got -1'],
  [
    { name: 'a', droppedEventsCount: 'many' },
    'droppedEventsCount: expected an unsigned 32-bit integer, got "many"',
  ],
  [
    { traceId: 'x'.repeat(100_000) },
    `traceId: expected 32 hex characters, not all zero, got "${'x'.repeat(40)}"... (100000 characters)`,
  ],
]

for (const [fields, message] of BAD) {
  // Only the ids of a span are needed: any other part costs itself alone.
  const isLost = /^(traceId|spanId)/.test(message)
  decode(`${isLost ? 'rejects one span' : 'leaves out one part'}: ${message.slice(0, 90)}`, () => {
    const batch = good(request(raw(), raw(fields), raw()))
    assert.is(batch.spans.length, isLost ? 2 : 3)
    const places = isLost ? batch.rejected : (batch.invalidParts ?? [])
    assert.equal(places.map(Rejected.show), [`resourceSpans[0].scopeSpans[0].spans[1].${message}`])
    assert.equal(Batch.losses(batch), isLost ? { invalid: 1 } : { invalid_part: 1 })
  })
}

decode('rejects only the broken part of a request', () => {
  const value = {
    resourceSpans: [
      7,
      { resource: { attributes: [{ key: 1 }] }, scopeSpans: [{ spans: [raw()] }] },
      { scopeSpans: ['x', { scope: 1, spans: [raw()] }, { spans: 'x' }, { spans: [null, raw()] }] },
    ],
  }
  const { spans, rejected, invalidParts = [] } = good(value)
  assert.is(spans.length, 3)
  assert.equal(invalidParts.map(Rejected.show), [
    'resourceSpans[1].resource.attributes[0].key: expected a string, got 1',
    'resourceSpans[2].scopeSpans[1].scope: expected an object, got 1',
  ])
  assert.equal(rejected.map(Rejected.show), [
    'resourceSpans[0]: expected an object, got 7',
    'resourceSpans[2].scopeSpans[0]: expected an object, got "x"',
    'resourceSpans[2].scopeSpans[2].spans: expected an array, got "x"',
    'resourceSpans[2].scopeSpans[3].spans[0]: expected a span, got null',
  ])
})

decode('keeps the content of a link without valid ids as an attribute', () => {
  const attributes = [{ key: 'messaging.message.id', value: { stringValue: 'm-1' } }]
  const zeros = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) }
  const links = [
    { ...zeros, attributes },
    { traceId: TRACE, spanId: SPAN },
    { traceId: TRACE, spanId: '', traceState: 'a=b' },
    zeros,
    {},
    7,
  ]
  const batch = good(request(raw({ links, attributes })))
  const [span] = batch.spans
  assert.equal(
    span?.links.map(({ traceId, spanId }) => [traceId, spanId]),
    [[TRACE, SPAN]],
  )
  assert.equal(span?.attributes, {
    'messaging.message.id': 'm-1',
    'otel.links_without_ids': [
      { attributes: { 'messaging.message.id': 'm-1' } },
      { trace_id: TRACE, trace_state: 'a=b' },
    ],
  })
  assert.equal(Batch.losses(batch), { invalid_part: 5 })
})

// a field, its value, the id that is read, and how many ids are counted
const IDS: ReadonlyArray<readonly [string, object, string, number]> = [
  ['base64', { traceId: 'W47/95gDgQPSabYzgT/GDA==' }, TRACE, 1],
  ['base64 for URLs', { traceId: 'W47_95gDgQPSabYzgT_GDA==' }, TRACE, 1],
  ['base64 without padding', { traceId: 'W47/95gDgQPSabYzgT/GDA' }, TRACE, 1],
  ['0x', { traceId: `0x${TRACE}` }, TRACE, 1],
  ['bytes', { traceId: Uint8Array.from(Buffer.from(TRACE, 'hex')) }, TRACE, 1],
  ['a UUID', { traceId: '5b8efff7-9803-8103-d269-b633813fc60c' }, TRACE, 1],
  ['upper case', { traceId: TRACE.toUpperCase() }, TRACE, 0],
  ['base64', { spanId: '7uGbfsPBsXQ=' }, SPAN, 1],
  ['base64 without padding', { spanId: '7uGbfsPBsXQ' }, SPAN, 1],
  ['base64', { parentSpanId: '7uGbfsPBsXQ=' }, SPAN, 1],
  ['zeros in base64', { parentSpanId: 'AAAAAAAAAAA=' }, 'undefined', 0],
]

for (const [encoding, field, id, count] of IDS) {
  const [name = ''] = Object.keys(field)
  decode(`reads ${name} as ${encoding}`, () => {
    const batch = good(request(raw(field)))
    assert.is(String(Reflect.get(batch.spans[0] ?? {}, name)), id)
    assert.equal(batch.repairs, count === 0 ? {} : { id_encoding: count })
  })
}

decode('does not read a shortened or a foreign id as base64', () => {
  for (const traceId of [TRACE.slice(0, 22), TRACE.slice(0, 24), 'AAAAAAAAAAAAAAAAAAAAAA==', 'x']) {
    assert.is(good(request(raw({ traceId }))).rejected.length, 1)
  }
  for (const spanId of [SPAN.slice(0, 11), SPAN.slice(0, 12), 'AAAAAAAAAAA=']) {
    assert.is(good(request(raw({ spanId }))).rejected.length, 1)
  }
})

decode('reads the original field names, and those before OTLP 0.15', () => {
  const batch = good({
    resource_spans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { string_value: 'shop' } }] },
        schema_url: 'https://opentelemetry.io/schemas/1.0.0',
        instrumentation_library_spans: [
          {
            instrumentation_library: { name: 'lib' },
            spans: [
              {
                trace_id: TRACE,
                span_id: SPAN,
                parent_span_id: SPAN,
                trace_state: 'a=b',
                start_time_unix_nano: '1544712660000000000',
                end_time_unix_nano: '1544712661000000000',
                kind: 'SPAN_KIND_SERVER',
                attributes: [
                  { key: 'a', value: { int_value: '7' } },
                  { key: 'b', value: { array_value: { values: [{ bool_value: true }] } } },
                ],
                dropped_attributes_count: 1,
                dropped_events_count: 2,
                dropped_links_count: 3,
                events: [{ time_unix_nano: '1', name: 'e', dropped_attributes_count: 4 }],
                links: [{ trace_id: TRACE, span_id: SPAN, trace_state: 'c=d' }],
              },
            ],
          },
        ],
      },
    ],
  })
  assert.equal(Batch.losses(batch), {})
  const { resource, scope, ...span } = batch.spans[0] ?? only()
  assert.is(resource.service.name, 'shop')
  assert.is(scope.name, 'lib')
  assert.equal(span, {
    traceId: TRACE,
    spanId: SPAN,
    parentSpanId: SPAN,
    name: '',
    traceState: 'a=b',
    startMicros: 1544712660000000,
    endMicros: 1544712661000000,
    kind: 'SERVER',
    status: { code: 'UNSET', message: '' },
    attributes: { a: 7, b: [true] },
    doubles: undefined,
    flags: undefined,
    droppedAttributes: 1,
    droppedEvents: 2,
    droppedLinks: 3,
    events: [{ name: 'e', timeMicros: 0, attributes: {}, droppedAttributes: 4 }],
    links: [
      {
        traceId: TRACE,
        spanId: SPAN,
        traceState: 'c=d',
        attributes: {},
        flags: undefined,
        droppedAttributes: 0,
      },
    ],
  })
})

decode('counts a list under a name that is not known', () => {
  const { spans, rejected } = good({ resourceSpans: [{ ilSpans: [{ spans: [raw()] }] }, {}] })
  assert.is(spans.length, 0)
  assert.equal(rejected.map(Rejected.show), [
    'resourceSpans[0]: expected scopeSpans, got a list under the key "ilSpans"',
  ])
})

decode('keeps the first 100 places of parts, and counts all', () => {
  const { invalidParts = [], repairs } = good(request(raw({ links: Array(250).fill({}) })))
  assert.is(invalidParts.length, 100)
  assert.equal(repairs, { invalid_part: 250 })
})

const NO_REQUEST: ReadonlyArray<readonly [unknown, string]> = [
  [null, 'request: expected an object, got null'],
  ['x', 'request: expected an object, got "x"'],
  [[], 'request: expected an object, got an array'],
  [{ resourceSpans: {} }, 'resourceSpans: expected an array, got an object'],
  [
    { name: 'shop' },
    'expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got an object with the key "name"',
  ],
]

for (const [value, message] of NO_REQUEST) {
  decode(`is an error: ${message}`, () => {
    const decoded = _.decode(value)
    assert.is(E.isLeft(decoded) && DecodeError.show(decoded.left), message)
  })
}

decode('treats the names of an object as plain keys', () => {
  const batch = _.parse(
    `{"__proto__":{"resourceSpans":1},"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}","attributes":[{"key":"__proto__","value":{"stringValue":"p"}},{"key":"constructor","value":{"kvlistValue":{"values":[{"key":"__proto__","value":{"boolValue":true}}]}}}]}]}]}]}`,
  )
  const span = E.isRight(batch) ? batch.right.spans[0] : undefined
  assert.is(JSON.stringify(span?.attributes), '{"__proto__":"p","constructor":{"__proto__":true}}')
  assert.is(Reflect.get({}, 'p'), undefined)
})

decode('caps 100,000 levels of nesting, counted, without overflow', () => {
  const levels = 100_000
  const nested = `${'{"arrayValue":{"values":['.repeat(levels)}{"intValue":1}${']}}'.repeat(levels)}`
  const batch = _.parse(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE}","spanId":"${SPAN}","name":"deep","attributes":[{"key":"a","value":${nested}},{"key":"b","value":{"intValue":2}}]}]}]}]}`,
  )
  assert.ok(E.isRight(batch))
  assert.equal(batch.right.repairs, { nested: 1 })
  const attributes = batch.right.spans[0]?.attributes
  assert.is(attributes?.['b'], 2)
  assert.is(JSON.stringify(attributes?.['a']).length, 32 * 2 + 'null'.length)
})

decode('ignores 100,000 levels of nesting in unknown fields', () => {
  const batch = _.parse(
    `{"unknown":${'['.repeat(100_000)}${']'.repeat(100_000)},"resourceSpans":[]}`,
  )
  assert.ok(E.isRight(batch))
})

decode('never throws, whatever the JSON', () => {
  const keys = fc.constantFrom(
    'resourceSpans',
    'scopeSpans',
    'spans',
    'attributes',
    'key',
    'value',
    'traceId',
    'events',
    'arrayValue',
    'values',
    'resource',
    'scope',
    'status',
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom<unknown>(null, 1, 'x', TRACE, SPAN, true, []),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      _.decode(value)
      _.decode({ resourceSpans: [value] })
      _.decode(request(value, raw({ attributes: value }), raw({ events: value, status: value })))
    }),
    { numRuns: 1_000 },
  )
})

decode('lists the keys of whole numbers that were sent as doubles', () => {
  const attributes = [
    { key: 'double', value: { doubleValue: 2_000_000 } },
    { key: 'named', value: { doubleValue: '2e6' } },
    { key: 'integer', value: { intValue: 2_000_000 } },
    { key: 'small', value: { doubleValue: 7 } },
    { key: 'fraction', value: { doubleValue: 2_000_000.5 } },
    {
      key: 'inside',
      value: { kvlistValue: { values: [{ key: 'x', value: { doubleValue: 3e6 } }] } },
    },
    { key: 'list', value: { arrayValue: { values: [{ doubleValue: 8 }] } } },
  ]
  const one = { traceId: TRACE, spanId: SPAN, attributes, events: [{ attributes }] }
  const { spans } = good({
    resourceSpans: [
      {
        resource: { attributes: attributes.slice(0, 1) },
        scopeSpans: [
          {
            scope: { attributes },
            spans: [one, { ...one, attributes: [] }, { ...one, attributes: undefined }],
          },
        ],
      },
    ],
  })
  assert.equal(
    spans.map(({ doubles }) => doubles),
    [['double', 'named', 'small'], undefined, undefined],
  )
  assert.equal(spans[0]?.resource.doubles, ['double'])
})

decode.run()

const parse = suite('ExportTraceRequest.parse')

parse('reports text that is not JSON', () => {
  const parsed = _.parse('{"resourceSpans": [')
  assert.ok(E.isLeft(parsed))
  assert.is(parsed.left._tag, 'NotJson')
  assert.match(DecodeError.show(parsed.left), /^not JSON: /)
})

for (const recorded of Recorded.all) {
  parse(`reads ${recorded.name} whole, without touching a span`, () => {
    const batches = Recorded.bodies(recorded).map(_.parse)
    let spans = 0
    for (const batch of batches) {
      assert.ok(E.isRight(batch))
      assert.equal(batch.right.rejected, [])
      assert.equal(batch.right.repairs, {})
      spans += batch.right.spans.length
    }
    assert.is(spans, recorded.name === 'shop-old-json' ? 3417 : 2817)
  })
}

parse.run()

const decoder = suite('ExportTraceRequest.decoder')

decoder('is a part of larger io-ts decoders', () => {
  const result = _.decoder.validate({ resourceSpans: 1 }, [{ key: 'body', type: t.unknown }])
  assert.is(E.isLeft(result) && result.left[0]?.message, 'resourceSpans: expected an array, got 1')
  assert.ok(E.isRight(_.decoder.decode({})))
})

decoder.run()

const first = suite('ExportTraceRequest.decode: the first failure')

first('is reported, whatever valid values follow it', () => {
  const attributes = [{ key: 'a', value: { stringValue: 'b' } }]
  const events = [{ name: 'c', attributes }]
  const { spans, invalidParts = [] } = good(request(raw({ parentSpanId: 'x', attributes, events })))
  assert.is(spans[0]?.events.length, 1)
  assert.equal(invalidParts.map(Rejected.show), [
    'resourceSpans[0].scopeSpans[0].spans[0].parentSpanId: expected 16 hex characters, not all zero, got "x"',
  ])
})

first.run()
