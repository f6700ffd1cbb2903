import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import { bytes } from '../../src/model/ServerLimits.ts'
import type { Span } from '../../src/model/Span.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Node from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import { heldBytesOf } from '../../src/size/heldBytesOf.ts'

const held = suite('heldBytesOf')

held('counts each text of a value, at any depth', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      const without = heldBytesOf({ list: [{ value }] })
      assert.ok(heldBytesOf({ list: [{ value, [text]: text }] }) >= without + 2 * text.length)
    }),
  )
  let deep: unknown = 'x'
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  assert.ok(heldBytesOf(deep) > 100_000)
})

held.run()

const node = suite('Node.heldBytes')

const LONG = 'x'.repeat(50_000)

const exception = (name: string): Span['events'] => [
  {
    name: 'exception',
    timeMicros: span({}).startMicros,
    attributes: { 'exception.type': 'E', [name]: LONG },
    droppedAttributes: 0,
  },
]

// every place of a span that can hold text
const PLACES: ReadonlyArray<readonly [string, Partial<Span>]> = [
  ['its name', { name: LONG }],
  ['an attribute', { attributes: { a: LONG } }],
  ['the key of an attribute', { attributes: { [LONG]: 1 } }],
  ['its trace state', { traceState: LONG }],
  ['its status', { status: { code: 'ERROR', message: LONG } }],
  ['its resource', { resource: resource('shop', { a: LONG }) }],
  [
    'an event',
    {
      events: [
        { name: LONG, timeMicros: span({}).startMicros, attributes: {}, droppedAttributes: 0 },
      ],
    },
  ],
  [
    'an attribute of an event',
    {
      events: [
        {
          name: 'e',
          timeMicros: span({}).startMicros,
          attributes: { a: LONG },
          droppedAttributes: 0,
        },
      ],
    },
  ],
  ['the stack of an exception', { events: exception('exception.stacktrace') }],
  ['the message of an exception', { events: exception('exception.message') }],
  ['an attribute of an exception', { events: exception('a') }],
  [
    'an attribute of a link',
    {
      links: [
        {
          traceId: traceId(2),
          spanId: spanId(2),
          traceState: '',
          attributes: { a: LONG },
          flags: undefined,
          droppedAttributes: 0,
        },
      ],
    },
  ],
]

const bytesOf = (changes: Partial<Span>): number => {
  const toNodes = describe({
    mapping: Mapping.sentry,
    limits: Limits.gateway,
    payload: Payload.json,
  })
  return Node.heldBytes(toNodes([span(changes)]).nodes)
}

for (const [place, changes] of PLACES) {
  // The data of a breadcrumb is cut when the span arrives.
  const kept = place.endsWith('event') ? bytes.breadcrumbData / 2 : LONG.length / 2
  node(`counts ${place}`, () => assert.ok(bytesOf(changes) >= bytesOf({}) + kept))
}

node.run()
