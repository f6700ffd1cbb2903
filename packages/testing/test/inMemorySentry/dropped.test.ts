import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/InMemorySentry.ts'
import type * as Sizes from '../../src/inMemorySentry/Sizes.ts'
import * as Verdict from '../../src/inMemorySentry/Verdict.ts'
import {
  EVENT_ID,
  envelope,
  error,
  GOOD,
  item,
  NOW,
  ofError,
  ofReport,
  ofSpan,
  ofTransaction,
  receive,
  request,
  span,
  TRACE_ID,
  text,
  trace,
  transaction,
} from './Sample.ts'

const dropped = suite('InMemorySentry.receive: what is dropped')

// what is wrong with an item, and why it vanishes behind a 200
const DROPPED: ReadonlyArray<
  readonly [string, Uint8Array, Verdict.DropReason, Partial<Sizes.Sizes>?]
> = [
  [
    'a container without its type',
    envelope([item('log', '{"items":[]}')]),
    'container-content-type',
  ],
  [
    'a container with another number of logs',
    envelope([
      '{"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":1}\n{"items":[]}\n',
    ]),
    'container-count',
  ],
  [
    'a container of many keys and values',
    envelope([
      '{"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":0}\n{"items":[]}\n',
    ]),
    'container-operations',
    { containerOperations: 2 },
  ],
  ['a type that nobody knows', envelope([item('future', '{}')]), 'ignored-type'],
  [
    'two errors in one envelope',
    envelope([item('event', text(error)), item('event', text(error))]),
    'duplicate-item',
  ],
  [
    'a transaction beside an error',
    envelope([item('event', text(error)), item('transaction', text(transaction))]),
    'duplicate-item',
  ],
  ['a payload that is no JSON', envelope([item('event', '{')]), 'not-json'],
  ['a payload that is no object', envelope([item('event', '[]')]), 'not-json'],
  ['NaN', envelope([item('event', '{"timestamp":NaN}')]), 'not-json'],
  ['half a pair, the high one', envelope([item('event', '{"a":"\\ud83dx"}')]), 'lone-surrogate'],
  ['half a pair, the low one', envelope([item('event', '{"\\ude00":1}')]), 'lone-surrogate'],
  ['a transaction without start', ofTransaction({ start_timestamp: null }), 'no-start'],
  ['a start that cannot be read', ofTransaction({ start_timestamp: 'today' }), 'no-start'],
  ['an end before the start', ofTransaction({ timestamp: NOW - 3 }), 'end-before-start'],
  [
    'an end more than 5 days ago',
    ofTransaction({ start_timestamp: NOW - 432_002, timestamp: NOW - 432_001 }),
    'timestamp-range',
  ],
  ['an end more than a minute ahead', ofTransaction({ timestamp: NOW + 61 }), 'timestamp-range'],
  [
    'milliseconds',
    ofTransaction({ start_timestamp: NOW * 1000, timestamp: NOW * 1000 }),
    'timestamp-range',
  ],
  ['a start before 1970', ofTransaction({ start_timestamp: -1 }), 'negative-timestamp'],
  ['an error before 1970', ofError({ timestamp: -1 }), 'negative-timestamp'],
  ['a report before 1970', ofReport({ timestamp: -1 }), 'negative-timestamp'],
  ['a report of the future', ofReport({ timestamp: NOW + 61 }), 'timestamp-range'],
  ['a report of last year', ofReport({ timestamp: '2022-11-14T22:13:20Z' }), 'timestamp-range'],
  ['no trace context', ofTransaction({ contexts: {} }), 'no-trace-context'],
  [
    'a trace context that is a list',
    ofTransaction({ contexts: { trace: [] } }),
    'no-trace-context',
  ],
  [
    'a trace id of zeros',
    ofTransaction({ contexts: { trace: { ...trace, trace_id: '0'.repeat(32) } } }),
    'trace-no-trace-id',
  ],
  [
    'a trace id that is too short',
    ofTransaction({ contexts: { trace: { ...trace, trace_id: 'a'.repeat(31) } } }),
    'trace-no-trace-id',
  ],
  [
    'no span id',
    ofTransaction({ contexts: { trace: { trace_id: TRACE_ID } } }),
    'trace-no-span-id',
  ],
  ['a span that is null', ofTransaction({ spans: [null] }), 'span-malformed'],
  ['spans that are no list', ofTransaction({ spans: {} }), 'span-malformed'],
  ['a span without start', ofSpan({ start_timestamp: undefined }), 'span-no-start'],
  ['a span that ends before it starts', ofSpan({ timestamp: NOW - 2.1 }), 'span-end-before-start'],
  ['a span before 1970', ofSpan({ timestamp: -1 }), 'span-negative-timestamp'],
  ['a span without trace id', ofSpan({ trace_id: undefined }), 'span-no-trace-id'],
  ['a span id that is no hexadecimal', ofSpan({ span_id: 'x'.repeat(16) }), 'span-no-id'],
  [
    'a transaction that grows too large',
    ofTransaction({ spans: Array.from({ length: 2100 }, () => span) }),
    'too-large-late',
    { addedBytesPerSpan: 512 },
  ],
]

for (const [what, body, reason, sizes] of DROPPED) {
  dropped(`${what}: ${reason}`, () => {
    const { response, verdicts } = receive(request(body), sizes)
    assert.is(response.status, 200)
    assert.ok(verdicts.length > 0)
    for (const verdict of verdicts) assert.is(verdict._tag === 'Dropped' && verdict.reason, reason)
  })
}

dropped('an event of a known id within the hour: known-event-id', () => {
  const sentry = _.make()
  const at = (seconds: number): ReadonlyArray<string> =>
    sentry.receive(request(ofError({})), (NOW + seconds) * 1000).verdicts.map(Verdict.show)
  assert.equal(at(0), [`event ${EVENT_ID} kept`])
  assert.equal(at(3599), [`event ${EVENT_ID} dropped: known-event-id`])
  assert.equal(at(3600), [`event ${EVENT_ID} kept`])
})

dropped('an event of a known id whose first one was dropped is kept', () => {
  const sentry = _.make()
  sentry.receive(request(ofTransaction({ spans: [null] })), NOW * 1000)
  assert.ok(_.isWhole(sentry.receive(request(GOOD), NOW * 1000)))
})

dropped('has a known-bad case for every reason there is', () => {
  const covered = new Set<string>([
    ...DROPPED.map(([, , reason]) => reason),
    'known-event-id',
    'rate-limited',
  ])
  assert.equal(
    Verdict.dropReasons.filter((reason) => !covered.has(reason)),
    [],
  )
})

dropped.run()
