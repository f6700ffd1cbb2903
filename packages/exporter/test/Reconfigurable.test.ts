import * as Batch from '@sentry-exporter/core/Batch'
import type { Span } from '@sentry-exporter/core/Span'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as Outcome from '../src/Outcome.ts'
import * as _ from '../src/Reconfigurable.ts'

const DSN = 'https://one@one.example.com/1'
const OTHER = 'https://two@two.example.com/2'

const configOf = (input: Partial<Config.ConfigInput> = {}): Config.Config => {
  const decoded = Config.decode({ dsn: DSN, assembly: 'gateway', warn: false, ...input })
  if (E.isLeft(decoded)) throw new Error('a bad configuration in a test')
  return decoded.right
}

interface SentTransaction {
  readonly host: string
  readonly header: { readonly environment?: string; readonly public_key: string }
  readonly environment: string | undefined
  readonly spans: ReadonlyArray<{ readonly op: string }>
}

const setup = (first: Config.Config, status: () => number = () => 200) => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(status()))
  const exporter = _.start(first, http, clock)
  const sent = (): ReadonlyArray<SentTransaction> =>
    requests.map(({ url, body }) => {
      const [header = '', , event = ''] = new TextDecoder().decode(body).split('\n')
      const { environment, spans } = JSON.parse(event)
      const { trace } = JSON.parse(header)
      return { host: new URL(url).host, header: trace, environment, spans }
    })
  const arrive = (...spans: ReadonlyArray<Span>): void => {
    void exporter.exportBatch({ ...Batch.empty, spans })
  }
  return { clock, requests, exporter, sent, arrive }
}

const SETTLED = 8_000

/** Both mappings give another operation to it. */
const query = (trace: number, fields: Partial<Span> = {}): Span =>
  span({
    traceId: traceId(trace),
    spanId: spanId(2),
    parentSpanId: spanId(1),
    kind: 'CLIENT',
    flags: 0x101,
    attributes: { 'db.system': 'postgresql', 'db.statement': 'SELECT 1' },
    ...fields,
  })

const entry = (trace: number, fields: Partial<Span> = {}): Span =>
  span({ traceId: traceId(trace), kind: 'SERVER', ...fields })

const spans = suite('Reconfigurable: spans')

spans('have the environment, the header and the mapping of their arrival', async () => {
  const { clock, exporter, sent, arrive } = setup(configOf({ environment: 'blue' }))
  arrive(entry(1), query(1))
  await clock.advance(1_000)
  const green = configOf({ environment: 'green', dsn: OTHER, mapping: 'collector' })
  assert.is(exporter.reconfigure(green), undefined)
  arrive(entry(2), query(2))
  await clock.advance(SETTLED)
  const [before, after] = sent()
  // They leave to the project that is configured then.
  assert.equal([before?.host, after?.host], ['two.example.com', 'two.example.com'])
  assert.equal([before?.environment, before?.header.environment], ['blue', 'blue'])
  assert.equal([after?.environment, after?.header.environment], ['green', 'green'])
  assert.is(before?.header.public_key, 'two')
  assert.equal([before?.spans[0]?.op, after?.spans[0]?.op], ['db.query', 'db'])
})

spans('of one trace before and after a change are one transaction with one header', async () => {
  const { clock, exporter, requests, sent, arrive } = setup(configOf({ environment: 'blue' }))
  arrive(query(1))
  for (const environment of ['green', 'red', 'black']) {
    exporter.reconfigure(configOf({ environment }))
    await clock.advance(1_000)
  }
  arrive(entry(1))
  await clock.advance(SETTLED)
  const { transactions } = EnvelopeReader.read(requests.map(({ body }) => body))
  assert.is(transactions[0]?.spans.length, 1)
  assert.equal([sent().length, sent()[0]?.environment], [1, 'black'])
  assert.is(sent()[0]?.header.environment, 'blue')
  // Its late spans have the same header.
  arrive(query(1, { spanId: spanId(3), kind: 'INTERNAL' }))
  exporter.reconfigure(configOf({ environment: 'white' }))
  await clock.advance(SETTLED)
  assert.equal([sent()[1]?.environment, sent()[1]?.header.environment], ['black', 'blue'])
})

spans('take new routes when they leave', async () => {
  const billing = resource('billing')
  const routes = [{ match: { 'service.name': 'billing' }, dsn: OTHER }]
  const { clock, exporter, sent, arrive } = setup(configOf())
  arrive(entry(1, { resource: billing }), entry(2))
  exporter.reconfigure(configOf({ routes }))
  await clock.advance(SETTLED)
  assert.equal(
    sent()
      .map(({ host }) => host)
      .sort(),
    ['one.example.com', 'two.example.com'],
  )
})

spans('that wait keep to smaller limits at once', async () => {
  const { exporter, sent, arrive, clock } = setup(configOf())
  arrive(query(1), query(2), query(3))
  exporter.reconfigure(configOf({ maxTraces: 1 }))
  await clock.advance(0)
  assert.is(sent().length, 2)
})

spans('are never lost, and never in two transactions, whatever changes between them', async () => {
  const config = fc.constantFrom<Partial<Config.ConfigInput>>(
    { environment: 'blue' },
    { mapping: 'collector', dsn: OTHER },
    { settleMillis: 100, maxTraces: 2, release: 'next' },
    { dsn: OTHER, concurrency: 1, maxQueueItems: 1, overflow: 'block' },
    { routes: [{ match: { 'service.name': 'shop' }, dsn: OTHER }], scrubKeys: ['name'] },
  )
  const input = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ trace: fc.integer({ min: 1, max: 4 }), isEntry: fc.boolean() }),
    },
    { weight: 1, arbitrary: config },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(input, { maxLength: 20 }), async (inputs) => {
      const { clock, exporter, requests, arrive } = setup(configOf())
      const given = new Set<string>()
      for (const [index, one] of inputs.entries()) {
        if (typeof one === 'number') await clock.advance(one)
        else if ('isEntry' in one) {
          const id = one.isEntry ? spanId(1) : spanId(index + 2)
          given.add(`${traceId(one.trace)} ${id}`)
          arrive((one.isEntry ? entry : query)(one.trace, { spanId: id }))
        } else assert.is(exporter.reconfigure(configOf(one)), undefined)
      }
      const ending = exporter.shutdown(1_000)
      await clock.advance(10_000)
      const total = await ending
      const read = EnvelopeReader.read(requests.map(({ body }) => body))
      assert.equal(EnvelopeReader.problems(read), [])
      assert.equal(EnvelopeReader.spanKeys(read), [...given].sort())
      assert.is(total.delivered.spans, given.size, Outcome.show(total))
      assert.is(total.spansIn, total.delivered.spans + (total.rejected.duplicate ?? 0))
      assert.equal([total.waiting, total.dropped, clock.pending()], [0, {}, 0])
    }),
    { numRuns: 50, seed: 20 },
  )
})

spans.run()

const delivery = suite('Reconfigurable: delivery')

delivery('sends what waits for a former project to it, and tries it again', async () => {
  let isDown = true
  const { clock, exporter, sent, arrive } = setup(configOf({ settleMillis: 0 }), () =>
    isDown ? 503 : 200,
  )
  arrive(entry(1))
  await clock.advance(0)
  exporter.reconfigure(configOf({ settleMillis: 0, dsn: OTHER }))
  isDown = false
  arrive(entry(2))
  await clock.advance(60_000)
  assert.equal(
    sent().map(({ host }) => host),
    ['one.example.com', 'two.example.com', 'one.example.com'],
  )
  assert.is(exporter.outcome().delivered.spans, 2)
})

delivery('has other bounds of the queue at once, and drops nothing for them', async () => {
  const { clock, exporter, arrive } = setup(
    configOf({ settleMillis: 0, concurrency: 1, overflow: 'block' }),
    () => 503,
  )
  arrive(entry(1), entry(2), entry(3))
  await clock.advance(0)
  assert.not.ok(exporter.backlog().isFull)
  exporter.reconfigure(configOf({ settleMillis: 0, maxQueueItems: 1, overflow: 'dropOldest' }))
  assert.equal([exporter.backlog().isFull, exporter.backlog().envelopes], [true, 2])
})

delivery('refuses a configuration that cannot work with its Http, and keeps the former', () => {
  const { exporter } = setup(configOf())
  assert.match(
    exporter.reconfigure(configOf({ insecureSkipVerify: true })) ?? '',
    'insecureSkipVerify',
  )
  assert.throws(() => setup(configOf({ insecureSkipVerify: true })), 'insecureSkipVerify')
})

delivery('ignores a change after the shutdown', async () => {
  const { exporter, clock } = setup(configOf())
  await exporter.shutdown(0)
  assert.is(exporter.reconfigure(configOf({ dsn: OTHER })), undefined)
  assert.is(clock.pending(), 0)
})

delivery.run()
