import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import * as Batch from '@sentry-exporter/core/Batch'
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as FakeClock from '../src/FakeClock.ts'
import * as _ from '../src/InMemorySentry.ts'
import * as Sizes from '../src/inMemorySentry/Sizes.ts'
import * as Verdict from '../src/inMemorySentry/Verdict.ts'
import {
  AUTH,
  EVENT_ID,
  envelope,
  error,
  GOOD,
  HEADER,
  item,
  KEY,
  NOW,
  ofError,
  ofReport,
  ofTransaction,
  receive,
  report,
  request,
  text,
  URL,
} from './inMemorySentry/Sample.ts'

const kept = suite('InMemorySentry.receive: what is kept')

// what is good, in all the forms that it may have
const KEPT: ReadonlyArray<readonly [string, _.SentryRequest]> = [
  ['a transaction', request(GOOD)],
  ['an error', request(ofError({}))],
  ['a client report', request(ofReport({}))],
  ['an envelope without items', request(envelope([]))],
  [
    'a key in the query',
    request(GOOD, { url: `${URL}?sentry_version=7&sentry_key=${KEY}`, headers: {} }),
  ],
  [
    'a key in Authorization',
    request(GOOD, { headers: { authorization: `sentry sentry_key=${KEY}` } }),
  ],
  [
    'a key in Authorization as a user name',
    request(GOOD, { headers: { authorization: `Basic ${btoa(`${KEY}:`)}` } }),
  ],
  [
    'a DSN in the header of the envelope alone',
    request(ofTransaction({}, { ...HEADER, dsn: `https://${KEY}@host/42` }), { headers: {} }),
  ],
  [
    'a content type as a form has it',
    request(GOOD, { headers: { ...AUTH, 'content-type': 'text/plain; charset=utf-8' } }),
  ],
  ['gzip', request(gzipSync(GOOD), { headers: { ...AUTH, 'content-encoding': 'gzip' } })],
  ['deflate', request(deflateSync(GOOD), { headers: { ...AUTH, 'Content-Encoding': 'deflate' } })],
  ['br', request(brotliCompressSync(GOOD), { headers: { ...AUTH, 'content-encoding': 'br' } })],
  [
    'an item without length, to the end of the line',
    request(Buffer.from(`{}\n{"type":"event"}\n${JSON.stringify(error)}`)),
  ],
  [
    'tags as pairs',
    request(
      ofError({
        tags: [
          ['a', 'b'],
          ['n', 1],
        ],
      }),
    ),
  ],
  [
    'a pair of surrogates that is escaped',
    request(envelope([item('event', '{"timestamp":1700000000,"message":"\\ud83d\\ude00"}')])),
  ],
  [
    'a clock that is off by less than 55 minutes',
    request(ofError({}, { ...HEADER, sent_at: new Date((NOW - 3000) * 1000).toISOString() })),
  ],
]

for (const [what, one] of KEPT) {
  kept(`${what} is kept`, () => {
    const received = receive(one)
    assert.is(received.response.status, 200)
    assert.equal(_.problems([received]), [])
    assert.ok(_.isWhole(received))
  })
}

kept('answers with the id of the event', () => {
  assert.is(receive(request(GOOD)).response.body, `{"id":"${EVENT_ID}"}`)
})

kept('has the limits of the open-source server', () => {
  assert.is(Sizes.relay.eventBytes, 1_048_576)
  assert.is(Sizes.relay.spansBytes, 819_200)
  assert.is(Sizes.relay.envelopeBytes, 209_715_200)
})

kept.run()

const limit = suite('InMemorySentry.limit')

const limits = (...categories: ReadonlyArray<string>): _.RateLimit => ({
  categories,
  untilMillis: (NOW + 60) * 1000,
  scope: 'project',
  reason: 'quota',
})

limit('answers 429 with the time: rate-limited', () => {
  const sentry = _.make()
  sentry.limit(limits('transaction', 'span'))
  const { response, verdicts } = sentry.receive(request(GOOD), NOW * 1000)
  assert.is(response.status, 429)
  assert.is(response.headers['retry-after'], '60')
  assert.is(response.headers['x-sentry-rate-limits'], '60:transaction;span:project:quota')
  assert.equal(verdicts, [{ _tag: 'Refused', reason: 'rate-limited' }])
})

limit('accepts other categories, and announces the limits on that answer too', () => {
  const sentry = _.make()
  sentry.limit(limits('transaction'))
  const { response, verdicts } = sentry.receive(request(ofError({})), NOW * 1000)
  assert.is(response.status, 200)
  assert.is(response.headers['x-sentry-rate-limits'], '60:transaction:project:quota')
  assert.is(verdicts[0]?._tag, 'Kept')
})

limit('holds containers back by the category of their number and by that of their bytes', () => {
  for (const [type, ...categories] of [
    ['log', 'log_item', 'log_byte'],
    ['trace_metric', 'trace_metric', 'trace_metric_byte'],
  ] as const) {
    for (const category of categories) {
      const sentry = _.make()
      sentry.limit(limits(category))
      const { response } = sentry.receive(request(envelope([item(type, '{}')])), NOW * 1000)
      assert.is(response.status, 429)
    }
  }
})

limit('drops only the items that are limited: rate-limited', () => {
  const sentry = _.make()
  sentry.limit(limits('error'))
  const body = envelope([item('event', text(error)), item('client_report', text(report))])
  const { response, verdicts } = sentry.receive(request(body), NOW * 1000)
  assert.is(response.status, 200)
  assert.equal(verdicts.map(Verdict.show), [
    `event ${EVENT_ID} dropped: rate-limited`,
    'client_report kept',
  ])
})

limit('holds back client reports only with everything', () => {
  const sentry = _.make()
  sentry.limit(limits('internal'))
  assert.is(sentry.receive(request(ofReport({})), NOW * 1000).response.status, 200)
  sentry.limit(limits())
  assert.is(sentry.receive(request(ofReport({})), NOW * 1000).response.status, 429)
})

limit('is over when its time is over, and announces at most five minutes', () => {
  const sentry = _.make()
  sentry.limit({ categories: [], untilMillis: (NOW + 1000) * 1000, scope: 'key' })
  const at = (seconds: number): _.Response =>
    sentry.receive(request(GOOD), (NOW + seconds) * 1000).response
  assert.is(at(0).headers['x-sentry-rate-limits'], '300::key')
  assert.is(at(1000).status, 200)
  assert.is(at(1000).headers['retry-after'], undefined)
})

limit.run()

const http = suite('InMemorySentry.http')

http('answers as an Http, and remembers what came', async () => {
  const sentry = _.make()
  sentry.limit(limits('transaction'))
  const send = sentry.http({ now: () => NOW * 1000 })
  const answer = await send({ url: URL, headers: AUTH, body: new Uint8Array(GOOD) })()
  if (E.isLeft(answer)) throw new Error('an answer is not an error')
  assert.is(answer.right.status, 429)
  assert.is(answer.right.header('Retry-After'), '60')
  assert.equal(
    sentry.received.map(({ response }) => response.status),
    [429],
  )
})

const judge = suite('InMemorySentry.judge')

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const config = right(Config.decode({ dsn: _.make().dsn, environment: 'production' }))

/** Sealed envelopes of recorded input, and the moment just after the last of its spans. */
const sealedOf = (
  recorded: Recorded.Recording,
): { readonly sealed: ReadonlyArray<Sealed>; readonly nowMillis: number } => {
  const batch = Batch.concatAll(
    Recorded.bodies(recorded).map((body) => right(ExportTraceRequest.parse(body))),
  )
  const newest = batch.spans.reduce((latest, { endMicros: end }) => Math.max(latest, end), 0)
  return {
    sealed: Pipeline.ofBatch(config)(batch).assembled.envelopes,
    nowMillis: Math.ceil(newest / 1000),
  }
}

for (const recorded of Recorded.all) {
  judge(`keeps whole all of ${recorded.name}`, () => {
    const { sealed, nowMillis } = sealedOf(recorded)
    assert.ok(sealed.length > 50)
    assert.equal(_.problems(_.judge(nowMillis)(sealed)), [])
    // Half a kibibyte that the server may add to each span: the packages leave that margin.
    assert.equal(_.problems(_.judge(nowMillis, { addedBytesPerSpan: 512 })(sealed)), [])
  })
}

judge('reports repeated, late and too large events', () => {
  const [recorded] = Recorded.all
  if (recorded === undefined) throw new Error('nothing was recorded')
  const { sealed, nowMillis } = sealedOf(recorded)
  const [first] = sealed.filter(({ category }) => category === 'transaction')
  if (first === undefined) throw new Error('no transaction was recorded')
  const messages = (one: ReturnType<typeof _.judge>): ReadonlyArray<string> =>
    _.problems(one([first, first]))
  const item = `transaction ${first.eventId}`
  assert.equal(messages(_.judge(nowMillis)), [`${item} dropped: known-event-id`])
  assert.equal(
    messages(_.judge(nowMillis + 6 * 86_400_000)),
    Array(2).fill(`${item} dropped: timestamp-range`),
  )
  assert.equal(
    messages(_.judge(nowMillis, { eventBytes: 10 })),
    Array(2).fill('refused: items-too-large'),
  )
  assert.equal(_.judge(nowMillis)([]), [])
})

judge.run()

http('keeps what an exporter sends, with its key and its time of sending', async () => {
  const [recorded] = Recorded.all
  if (recorded === undefined) throw new Error('nothing was recorded')
  const { nowMillis } = sealedOf(recorded)
  const [, , , body = ''] = Recorded.bodies(recorded)
  const sentry = _.make()
  const clock = FakeClock.make(nowMillis)
  const exporter = Exporter.open({ dsn: sentry.dsn }, sentry.http(clock), clock)
  const { delivered } = await exporter.exportOtlp(body)
  assert.is(delivered.transactions + delivered.errors, sentry.received.length)
  assert.ok(sentry.received.length > 20)
  assert.equal(_.problems(sentry.received), [])
})

http.run()
