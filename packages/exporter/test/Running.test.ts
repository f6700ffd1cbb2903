import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import type { Http } from '@sentry-exporter/transport/Http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Exporter from '../src/Exporter.ts'
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

const answering = (status: number): Http =>
  recordingHttp.make(() => recordingHttp.answering(status)).http

/** An `Http` that answers after a second of the clock. */
const slow =
  (clock: FakeClock.FakeClock): Http =>
  (asked) =>
  async () => {
    await clock.sleep(1_000)()
    return answering(200)(asked)()
  }

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const times = suite('Exporter: times')

for (const millis of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, 3e9, 1e300]) {
  times(`flush and shutdown (${millis}) wait for the answer`, async () => {
    for (const method of ['flush', 'shutdown'] as const) {
      const clock = FakeClock.make()
      const exporter = Exporter.open({ dsn: DSN }, slow(clock), clock)
      const exporting = exporter.exportOtlp(request(span('b')))
      const ending = exporter[method](millis)
      await clock.advance(2_000)
      assert.is((await ending).delivered.spans, 1)
      await exporting
    }
  })
}

times('a negative time waits for nothing', async () => {
  const clock = FakeClock.make()
  const exporter = Exporter.open({ dsn: DSN }, slow(clock), clock)
  void exporter.exportOtlp(request(span('b')))
  const ending = exporter.flush(-5)
  await clock.advance(0)
  const outcome = await ending
  assert.equal([outcome.waiting, outcome.sending], [1, 1])
})

for (const timeoutMillis of [
  3_000_000_000,
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '5',
]) {
  times(`open refuses timeoutMillis: ${timeoutMillis}`, () => {
    // A program without types may give anything.
    const input = { dsn: DSN, timeoutMillis } as Parameters<typeof Exporter.open>[0]
    assert.throws(
      () => Exporter.open(input, answering(200)),
      /^timeoutMillis: expected a whole number from 1 to 2147483647/,
    )
  })
}

times.run()

const close = suite('Exporter: close of an Http')

const CLOSES: ReadonlyArray<readonly [string, () => unknown, ReadonlyArray<string>]> = [
  ['resolves', async () => undefined, []],
  ['returns nothing', () => undefined, []],
  ['never settles', () => new Promise(() => undefined), ['did not close its connections in time']],
  ['rejects', () => Promise.reject(new Error('hush')), ['failed to close its connections']],
  [
    'throws',
    () => {
      throw new Error('hush')
    },
    ['failed to close its connections'],
  ],
]

for (const [what, end, problems] of CLOSES) {
  close(`that ${what} does not delay or fail the shutdown`, async () => {
    const clock = FakeClock.make()
    let calls = 0
    const closing = (): unknown => {
      calls++
      return end()
    }
    const http = Object.assign(answering(200), { close: closing }) as Http
    const exporter = Exporter.open({ dsn: DSN, warn: false }, http, clock)
    await exporter.exportOtlp(request(span('b')))
    const ending = [exporter.shutdown(1_000), exporter.shutdown(1_000)]
    await clock.advance(1_000)
    for (const outcome of await Promise.all(ending)) {
      assert.is(outcome.delivered.spans, 1)
      assert.equal(
        outcome.problems,
        problems.map((problem) => `the given Http ${problem}`),
      )
    }
    assert.is(calls, 1)
  })
}

close.run()

const reports = suite('Exporter: reports')

reports('onOutcome gets what timers send, and outcome() has it at once', async () => {
  const clock = FakeClock.make()
  const seen: Array<Outcome.Outcome> = []
  const messages: Array<string> = []
  const exporter = Exporter.open(
    {
      dsn: DSN,
      assembly: 'gateway',
      onOutcome: (outcome) => seen.push(outcome),
      warn: (message) => messages.push(message),
    },
    answering(403),
    clock,
  )
  await exporter.exportOtlp(request(span('b'), span('c', { parentSpanId: 'b'.repeat(16) })))
  assert.equal([exporter.outcome().waiting, exporter.outcome().sending, seen.length], [2, 0, 0])
  await clock.advance(60_000)
  assert.equal(exporter.outcome().dropped, { send_error: 2 })
  assert.is(exporter.outcome().waiting, 0)
  const { concat, empty } = Outcome.Monoid
  const sum = seen.reduce(concat, empty)
  assert.equal(sum, exporter.outcome())
  assert.is(messages.length, 1)
  assert.match(messages[0] ?? '', /^sentry-exporter: lost 2 spans \(send_error 2\): Sentry refused/)
  assert.not.match(messages.join(), 'hush')
  await exporter.shutdown(0)
})

const THROWING: ReadonlyArray<() => unknown> = [
  () => {
    throw new Error('hush')
  },
  () => Promise.reject(new Error('hush')),
]

for (const callback of THROWING) {
  reports('a callback that throws or rejects harms nothing', async () => {
    const clock = FakeClock.make()
    const input = { dsn: DSN, onOutcome: callback, warn: callback } as Parameters<
      typeof Exporter.open
    >[0]
    const exporter = Exporter.open(input, answering(403), clock)
    assert.equal((await exporter.exportOtlp(request(span('b')))).dropped, { send_error: 1 })
    await settle()
    assert.equal((await exporter.shutdown(0)).dropped, { send_error: 1 })
  })
}

reports('a callback may use the exporter', async () => {
  const clock = FakeClock.make()
  let ending: Promise<Outcome.Outcome> | undefined
  const exporter = Exporter.open(
    {
      dsn: DSN,
      onOutcome: () => {
        ending ??= exporter.shutdown(0)
      },
    },
    answering(200),
    clock,
  )
  await exporter.exportOtlp(request(span('b')))
  await settle()
  assert.is((await ending)?.delivered.spans, 1)
})

reports.run()

const notAnHttp = suite('Exporter.open: Http')

const NO_HTTP: ReadonlyArray<readonly [unknown, RegExp]> = [
  [undefined, /^http: expected an Http, got undefined$/],
  [{}, /^http: expected an Http, got an object$/],
  ['hush', /^http: expected an Http, got a text$/],
  [globalThis.fetch, /^http: expected an Http: wrap fetch by fetchHttp\(\)$/],
  [
    Object.assign(() => answering(200), { makes: 'nodeHttp' }),
    /call the function.*, nodeHttp\(\)$/,
  ],
]

for (const [http, message] of NO_HTTP) {
  notAnHttp(`refuses ${message}`, () => {
    assert.throws(() => Exporter.open({ dsn: DSN }, http as Http), message)
  })
}

notAnHttp.run()
