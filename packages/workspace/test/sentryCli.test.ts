import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { runToEnd } from '@sentry-exporter/core/pipeline'
import * as Config from '@sentry-exporter/exporter/Config'
import * as EnvelopePlan from '@sentry-exporter/exporter/EnvelopePlan'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { hostileSpans, NOW_MILLIS } from '@sentry-exporter/testing/hostileSpans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Recorded from '../src/Recorded.ts'
import * as _ from '../src/sentryCli.ts'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const config = right(
  Config.decode({ dsn: 'http://0123456789abcdef0123456789abcdef@127.0.0.1:9/1', environment: 'e' }),
)

const sealed = Recorded.all.flatMap((recorded) => {
  const batch = Batch.concatAll(
    Recorded.bodies(recorded).map((body) => right(ExportTraceRequest.parse(body))),
  )
  return Pipeline.ofBatch(config)(batch).assembled.envelopes
})

const findBinary = suite('strictJudge.findBinary')

findBinary('finds nothing for a platform that the judge is not made for', () => {
  assert.is(_.findBinary('plan9', 'x64'), undefined)
  assert.is(_.findBinary('linux', 's390x'), undefined)
})

findBinary.run()

const asItReads = suite('strictJudge.asItReads')

asItReads('changes end times to the microsecond and the status `unknown`, and nothing else', () => {
  const envelope = (event: unknown): Buffer => {
    const text = JSON.stringify(event)
    return Buffer.from(`{}\n{"type":"transaction","length":${text.length}}\n${text}\n`)
  }
  const times = { start_timestamp: 1_700_000_000.5, timestamp: 1_700_000_000.000007 }
  assert.equal(
    Buffer.from(
      _.asItReads(
        envelope({
          ...times,
          contexts: { app: { status: 'unknown' }, trace: { op: 'x', status: 'unknown' } },
          spans: [
            { ...times, status: 'unknown' },
            { ...times, status: 'not_found' },
          ],
        }),
      ),
    ),
    envelope({
      ...times,
      timestamp: '2023-11-14T22:13:20.000007Z',
      contexts: { app: { status: 'unknown' }, trace: { op: 'x', status: 'unknown_error' } },
      spans: [
        { ...times, timestamp: '2023-11-14T22:13:20.000007Z', status: 'unknown_error' },
        { ...times, timestamp: '2023-11-14T22:13:20.000007Z', status: 'not_found' },
      ],
    }),
  )
})

asItReads('leaves errors alone', () => {
  for (const { bytes, category } of sealed) {
    if (category === 'error') assert.is(_.asItReads(bytes), bytes)
  }
})

asItReads.run()

const judge = suite('strictJudge.judge')

const binary = _.findBinary()

/** Without the judge each of its tests is counted as skipped. */
const judged = (
  title: string,
  test: (judgeAll: ReturnType<typeof _.judge>) => Promise<void>,
): void => {
  if (binary === undefined) {
    judge.skip(`${title} (skipped: no sentry-cli for ${process.platform} ${process.arch})`)
  } else judge(title, () => test(_.judge(binary)))
}

judged('accepts every envelope of the recorded input', async (judgeAll) => {
  const { isAccepted, output, eventIds } = await judgeAll(
    sealed.map(({ bytes }) => _.asItReads(bytes)),
  )
  assert.ok(isAccepted, output)
  assert.equal(eventIds, sealed.map(({ eventId }) => String(eventId)).sort())
  assert.ok(eventIds.length > 100)
})

judged('accepts 200 transactions of hostile spans', async (judgeAll) => {
  const run = runToEnd(
    Pipeline.machine({
      ...Pipeline.optionsOf(config),
      mapping: Mapping.sentry,
      limits: Limits.untimed(Limits.gateway),
    }),
  )
  const made = fc.sample(hostileSpans, { numRuns: 200, seed: 5 }).flatMap((spans) => {
    const { emitted } = run([{ _tag: 'Arrived', nowMillis: NOW_MILLIS, spans }])
    return EnvelopePlan.makeAll(emitted).envelopes
  })
  // The same ids come in several samples.
  const distinct = [...new Map(made.map((one) => [one.eventId, one])).values()]
  const transactions = distinct.filter(({ category }) => category === 'transaction').slice(0, 200)
  assert.is(transactions.length, 200)
  const { isAccepted, output, eventIds } = await judgeAll(
    transactions.map(({ bytes }) => _.asItReads(bytes)),
  )
  assert.ok(isAccepted, output)
  assert.equal(eventIds, transactions.map(({ eventId }) => String(eventId)).sort())
})

const good = ((): string => {
  const found = sealed.find(
    ({ category, bytes }) => category === 'transaction' && bytes.length < 9_000,
  )
  if (found === undefined) throw new Error('no small transaction was recorded')
  return Buffer.from(_.asItReads(found.bytes)).toString()
})()

/** An error, without the lengths of its items: the judge then reads to the end of the line. */
const error = ((): string => {
  const found = sealed.find(({ category }) => category === 'error')
  if (found === undefined) throw new Error('no error was recorded')
  return Buffer.from(found.bytes)
    .toString()
    .replace(/,"length":\d+/, '')
})()

const [header = '', , payload = ''] = good.split('\n')

const withPayload = (text: string): string =>
  `${header}\n{"type":"transaction","length":${Buffer.byteLength(text)}}\n${text}\n`

const withTag = (key: string, value: string): string =>
  withPayload(JSON.stringify({ ...JSON.parse(payload), tags: [[key, value, 'third']] }))

// what is corrupted
const CORRUPTED: ReadonlyArray<readonly [string, string]> = [
  ['an event id that is none', good.replace(/"event_id":"[0-9a-f]{8}/g, '"event_id":"xxxxxxxx')],
  [
    'a trace id that is none',
    withPayload(payload.replace(/"trace_id":"[0-9a-f]{8}/, '"trace_id":"')),
  ],
  [
    'a span id that is none',
    withPayload(payload.replace(/"span_id":"[0-9a-f]{8}/, '"span_id":"xxxxxxxx')),
  ],
  [
    'a status that Sentry does not know',
    withPayload(payload.replace(/"status":"\w+"/, '"status":"fine"')),
  ],
  ['a level that Sentry does not know', error.replace(/"level":"\w+"/, '"level":"loud"')],
  ['tags that are no pairs', withTag('key', 'value')],
  ['a payload longer than its length', good.replace(/"length":\d+/, '"length":100')],
  ['a payload that ends too early', good.slice(0, -40)],
  [
    'an end time that is no text',
    withPayload(payload.replace(/"timestamp":"[^"]+"/, '"timestamp":{}')),
  ],
]

judged('accepts the envelopes that the corrupted ones are made from', async (judgeAll) => {
  const { isAccepted, output } = await judgeAll([
    Buffer.from(good),
    Buffer.from(error),
    Buffer.from(withPayload(payload)),
  ])
  assert.ok(isAccepted, output)
})

for (const [what, envelope] of CORRUPTED) {
  judged(`refuses ${what}`, async (judgeAll) => {
    assert.not.ok([good, error, withPayload(payload)].includes(envelope))
    const { isAccepted, eventIds } = await judgeAll([Buffer.from(envelope)])
    assert.not.ok(isAccepted)
    assert.equal(eventIds, [])
  })
}

judge.run()
