import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import * as FakeClock from '@sentry-exporter/testkit/FakeClock'
import * as Recorded from '@sentry-exporter/testkit/Recorded'
import * as recordingHttp from '@sentry-exporter/testkit/recordingHttp'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Exporter.ts'
import * as Outcome from '../src/Outcome.ts'

const DSN = 'https://key:hush@host/1'

const span = (id: string, fields: object = {}): object => ({
  traceId: 'a'.repeat(32),
  spanId: id.repeat(16),
  name: 'work',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000000000000',
  ...fields,
})

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const TREE = request(span('b'), span('c', { parentSpanId: 'b'.repeat(16) }))

const open = suite('Exporter.open')

open('throws one readable error for a configuration that cannot work, without the secret', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  try {
    _.open({ dsn: 'https://key:hush@host/x' }, http)
    assert.unreachable('it should have thrown')
  } catch (error) {
    assert.instance(error, Error)
    assert.is((error as Error).name, 'ConfigError')
    assert.match((error as Error).message, 'dsn: ')
    assert.not.match(inspect(error), 'hush')
  }
})

open('refuses to skip verification over an Http that verifies', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  assert.throws(() => _.open({ dsn: DSN, insecureSkipVerify: true }, http), 'insecureSkipVerify')
  const lax = Object.assign(http, { skipsVerify: true })
  _.open({ dsn: DSN, insecureSkipVerify: true }, lax)
})

open.run()

const exportOtlp = suite('Exporter.exportOtlp')

exportOtlp('sends what it is given, text or bytes, and says so', async () => {
  for (const body of [TREE, new TextEncoder().encode(TREE)]) {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, recording.http, FakeClock.make())
    const outcome = await exporter.exportOtlp(body)
    assert.is(Outcome.show(outcome), '2 spans in, 1 transaction, 0 errors, nothing lost')
    assert.equal(outcome.delivered, { transactions: 1, spans: 2, errors: 0 })
    assert.is(recording.requests.length, 1)
  }
})

exportOtlp('delivers recorded requests whole', async () => {
  for (const recorded of Recorded.all) {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, recording.http)
    for (const file of recorded.files) await exporter.exportOtlp(readFileSync(file))
    const total = await exporter.shutdown(1_000)
    assert.is(total.spansIn, recorded.name === 'shop-old-json' ? 3417 : 2817)
    assert.is(total.delivered.transactions + total.delivered.errors, recording.requests.length)
    assert.equal([total.rejected, total.dropped], [{}, {}])
  }
})

exportOtlp('never rejects: what is no request is told', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http)
  const outcome = await exporter.exportOtlp('{"resourceSpans": 1}')
  assert.equal(outcome.problems, ['resourceSpans: expected an array, got 1'])
  assert.is((await exporter.exportOtlp('nonsense')).problems.length, 1)
  assert.is(recording.requests.length, 0)
})

exportOtlp('tells the place of a bad span, and sends the rest', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http, FakeClock.make())
  const outcome = await exporter.exportOtlp(request(span('b'), span('x')))
  assert.is(outcome.spansIn, 2)
  assert.equal(outcome.rejected, { invalid: 1 })
  assert.match(outcome.problems.join(), 'resourceSpans[0].scopeSpans[0].spans[1].spanId')
  assert.is(recording.requests.length, 1)
})

const REASONS: ReadonlyArray<readonly [string, ReturnType<recordingHttp.RecordingHttp['http']>]> = [
  ['send_error', () => Promise.resolve(recordingHttp.answering(500))],
  ['send_error', () => Promise.resolve(recordingHttp.answering(403))],
  ['rate_limited', () => Promise.resolve(recordingHttp.answering(429))],
  ['network_error', () => Promise.resolve(E.left(TransportError.unreachable('ECONNREFUSED')))],
  ['network_error', () => Promise.resolve(E.left(TransportError.timedOut(5)))],
]

for (const [reason, answer] of REASONS) {
  exportOtlp(`counts what was not taken as ${reason}`, async () => {
    const exporter = _.open({ dsn: DSN }, () => answer)
    const outcome = await exporter.exportOtlp(TREE)
    assert.equal(outcome.dropped, { [reason]: 2 })
    assert.equal(outcome.delivered, { transactions: 0, spans: 0, errors: 0 })
    assert.is(outcome.problems.length, 1)
  })
}

exportOtlp('counts lost errors beside lost spans', async () => {
  const events = [
    { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }] },
  ]
  const { http } = recordingHttp.make(() => recordingHttp.answering(500))
  const outcome = await _.open({ dsn: DSN }, http).exportOtlp(request(span('b', { events })))
  assert.equal(outcome.droppedErrors, { send_error: 1 })
  assert.match(Outcome.show(outcome), 'send_error 1, send_error (errors) 1')
})

exportOtlp.run()

const flush = suite('Exporter.flush')

flush('sends what waits, and says truthfully what is left', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, clock)
  const outcome = await exporter.exportOtlp(TREE)
  assert.is(outcome.waiting, 2)
  assert.is(recording.requests.length, 0)
  assert.is(Outcome.show(outcome), '2 spans in, 0 transactions, 0 errors, 2 waiting, nothing lost')
  const flushed = await exporter.flush(1_000)
  assert.is(flushed.waiting, 0)
  assert.is(flushed.delivered.spans, 2)
})

flush('tells spans that are still being sent as waiting', async () => {
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, () => () => new Promise(() => undefined), clock)
  void exporter.exportOtlp(TREE)
  const flushing = exporter.flush(500)
  await clock.advance(500)
  const left = await flushing
  assert.is(left.spansIn, 2)
  assert.is(left.waiting, 2)
})

flush(
  'joins a trace that came in several requests, children first, also under calls that overlap',
  async () => {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, FakeClock.make())
    await Promise.all([
      exporter.exportOtlp(request(span('c', { parentSpanId: 'b'.repeat(16), flags: 257 }))),
      exporter.exportOtlp(request(span('b'))),
      exporter.exportOtlp(request(span('d', { parentSpanId: 'c'.repeat(16), flags: 257 }))),
    ])
    const flushed = await exporter.flush(1_000)
    assert.equal(flushed.delivered, { transactions: 1, spans: 3, errors: 0 })
    assert.is(flushed.spansIn, 3)
  },
)

flush('sends what time made ready without being asked', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, clock)
  await exporter.exportOtlp(TREE)
  await clock.advance(7_000)
  assert.is(recording.requests.length, 1)
  assert.equal((await exporter.shutdown(0)).delivered.spans, 2)
})

flush.run()

const shutdown = suite('Exporter.shutdown')

shutdown('waits for what is under way, closes the connections and adds everything up', async () => {
  let closed = 0
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const http = Object.assign(
    () => async () => {
      await gate
      return recordingHttp.answering(200)
    },
    {
      close: async () => {
        closed++
      },
    },
  )
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, http, clock)
  const exporting = exporter.exportOtlp(TREE)
  const closing = exporter.shutdown(1_000)
  release?.()
  assert.is((await exporting).delivered.transactions, 1)
  assert.is((await closing).delivered.transactions, 1)
  assert.is(closed, 1)
  assert.is(clock.pending(), 0)
})

shutdown('does not wait longer than it is told', async () => {
  let cut: (() => void) | undefined
  const http = Object.assign(
    () => () =>
      new Promise<E.Either<TransportError.TransportError, never>>((resolve) => {
        cut = () => resolve(E.left(TransportError.closed))
      }),
    {
      close: async () => {
        cut?.()
      },
    },
  )
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, http, clock)
  void exporter.exportOtlp(TREE)
  const closing = exporter.shutdown(1_000)
  await clock.advance(1_000)
  const total = await closing
  assert.equal(total.dropped, { network_error: 2 })
})

shutdown('exports nothing afterwards, and says so', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http)
  await exporter.shutdown(0)
  const outcome = await exporter.exportOtlp(TREE)
  assert.equal(outcome.dropped, { shutdown: 2 })
  assert.is(recording.requests.length, 0)
  assert.match(Outcome.show(outcome), 'shut down')
})

shutdown.run()
