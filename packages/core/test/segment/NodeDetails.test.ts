import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { Span } from '../../src/model/Span.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Node from '../../src/segment/Node.ts'
import type { Payload } from '../../src/segment/Payload.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const bytesHeld = (): number => {
  for (let i = 0; i < 3; i++) collect()
  return process.memoryUsage().heapUsed
}

/** Holds no reference to a span: only its node is kept. */
const nothing: Payload<undefined> = {
  of: () => undefined,
  read: () => {
    throw new Error('not read here')
  },
  reparent: () => undefined,
  bytes: () => 0,
  compare: () => 0,
}

const SPANS = 200

const LONG = 100_000

/** Each text is read from JSON, as a decoder would: nothing else refers to it. */
const long = (n: number): string => JSON.parse(JSON.stringify(`${n} and more`.repeat(LONG / 10)))

const SHOP = resource('shop')

const shapes: Readonly<Record<string, (n: number) => Partial<Span>>> = {
  'a URL with a long query': (n) => ({
    attributes: {
      'http.request.method': 'GET',
      'url.full': `https://shop.example.com/files/${n}/a-file-of-some-name?q=${long(n)}`,
    },
  }),
  'a long name': (n) => ({ name: `job ${long(n)}` }),
  'a long name, and an event': (n) => ({
    name: `job ${long(n)}`,
    events: [
      { name: 'started', timeMicros: span().startMicros, attributes: {}, droppedAttributes: 0 },
    ],
  }),
  'a name before a long second line': (n) => ({ name: `job number ${n}\n${long(n)}` }),
}

const held = suite('a kept node does not keep its span')

for (const [name, fieldsOf] of Object.entries(shapes)) {
  for (const isEntry of [true, false]) {
    held(`${name}: ${isEntry ? 'remembered' : 'waiting'}`, () => {
      const toNodes = describe({
        mapping: Mapping.sentry,
        limits: Limits.inProcess,
        payload: nothing,
      })
      const step = Pending.step<undefined>(Limits.inProcess, nothing.compare)
      const before = bytesHeld()
      let state: Pending.Pending<undefined> = Pending.empty
      for (let n = 1; n <= SPANS; n++) {
        const one = span({
          traceId: traceId(n),
          parentSpanId: isEntry ? undefined : spanId(9),
          flags: 0x101,
          resource: SHOP,
          ...fieldsOf(n),
        })
        const { nodes } = toNodes([one])
        state = step(state, { _tag: 'Arrived', nowMillis: n, nodes }).state
      }
      const grown = (bytesHeld() - before) / SPANS
      assert.is(isEntry ? state.remembered : state.nodes, SPANS)
      assert.ok(grown < LONG / 4, `${Math.round(grown)} bytes for each span`)
    })
  }
}

held.run()

const end = suite('Node.end')

end('is that of the span, or zero', () => {
  const { startMicros: start } = span()
  for (const micros of [0, 7, -7, 2 ** 40]) {
    const spans = [
      span({
        endMicros: Node.end({ ...nodeOf(span()), startMicros: start, durationMicros: micros }),
      }),
    ]
    assert.is(Node.end(nodeOf(spans[0] ?? span())), start + micros)
  }
  assert.is(Node.end({ ...nodeOf(span()), durationMicros: undefined }), 0)
})

const nodeOf = (one: Span): Node.Node<undefined> => {
  const [node] = describe({ mapping: Mapping.sentry, limits: Limits.inProcess, payload: nothing })([
    one,
  ]).nodes
  if (node === undefined) throw new Error('a span became no node')
  return node
}

end.run()
