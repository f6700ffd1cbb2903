import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import type { Http } from '@sentry-exporter/transport/Http'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { type TestEnvironment, testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { SendOptions } from '../../src/Capabilities.ts'
import type { InputFile } from '../../src/input/InputFile.ts'
import { main } from '../../src/Main.ts'
import { openExporter } from '../../src/send/openExporter.ts'

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: '1000000000000000',
  endTimeUnixNano: '1000001000000000',
}

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const DSN = 'https://key@sentry.example.com/1'

const NOW = 1_900_000_000_000

type Files = Readonly<Record<string, string | Uint8Array>>

interface Sent extends TestEnvironment {
  readonly code: number
  readonly bodies: ReadonlyArray<Uint8Array>
  readonly asked: ReadonlyArray<SendOptions>
}

/** Runs `send` at a time far from that of the files. */
const send = async (
  files: Files,
  words: ReadonlyArray<string>,
  http: Http,
  more: Partial<TestEnvironment> = {},
): Promise<
  TestEnvironment & { readonly code: number; readonly asked: ReadonlyArray<SendOptions> }
> => {
  const clock = FakeClock.make(NOW)
  const asked: Array<SendOptions> = []
  const one: TestEnvironment = {
    ...testEnvironment(files),
    clock,
    interrupted: () => new Promise(() => undefined),
    openExporter: (options) => {
      asked.push(options)
      return openExporter({ http, clock })(options)
    },
    ...more,
  }
  return { ...one, code: await main(['send', ...words])(one)(), asked }
}

/** The same with a server that answers this. */
const sendTo = async (
  files: Files,
  words: ReadonlyArray<string>,
  status = 200,
  more: Partial<TestEnvironment> = {},
): Promise<Sent> => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(status))
  const sent = await send(files, words, http, more)
  return { ...sent, bodies: requests.map(({ body }) => body) }
}

const command = suite('send')

command(
  'reads the DSN from an option or from the environment, and all files as one input',
  async () => {
    const one = await sendTo({ a: request(SPAN) }, ['--dsn', DSN, 'a', 'a'])
    const { onOutcome, ...options } = one.asked[0] ?? { onOutcome: undefined }
    assert.type(onOutcome, 'function')
    assert.is(one.code, 0)
    assert.is(Object(options)['dsn'], DSN)
    assert.is(Object(options)['timeoutMillis'], 30_000)
    assert.match(
      one.printed.stdout,
      /^in {6}2 spans\nsent {4}1 span, 1 transaction, 0 errors, in 1 envelope\n/,
    )
    assert.match(one.printed.stdout, 'merged: duplicate 1')
    const other = await sendTo(
      { a: request(SPAN) },
      ['--environment', 'e', '--timeout-millis', '5', '--rate', '9', 'a'],
      200,
      {
        variable: (name) => (name === 'SENTRY_DSN' ? DSN : undefined),
      },
    )
    const [asked] = other.asked
    assert.equal(
      [asked?.dsn, asked?.environment, asked?.timeoutMillis, asked?.perSecond],
      [DSN, 'e', 5, 9],
    )
    assert.match(new TextDecoder().decode(other.bodies[0]), '"environment":"e"')
  },
)

const BAD_SPAN = request({ ...SPAN, spanId: 'x' })

const FILES: Files = { a: request(SPAN), b: BAD_SPAN, c: '{"a":1}', d: 'text' }

// the words, the status of Sentry, and the exit code
const ENDS: ReadonlyArray<readonly [ReadonlyArray<string>, number, number]> = [
  [['a'], 200, 0],
  [['a', 'b'], 200, 1],
  [['a', 'c'], 200, 1],
  [['a', 'd'], 200, 1],
  [['a', 'missing'], 200, 1],
  [['a'], 403, 2],
  [['b'], 200, 2],
  [['c'], 200, 2],
  [['d'], 200, 2],
  [['missing'], 200, 2],
  [[], 200, 2],
  [['-', '-'], 200, 2],
]

for (const [words, status, code] of ENDS) {
  command(`ends with ${code} for ${words.join(' ')} and an answer of ${status}`, async () => {
    const one = await sendTo(FILES, ['--dsn', DSN, ...words], status)
    assert.is(one.code, code)
    if (status !== 200) assert.match(one.printed.stderr, String(status))
    if (words.includes('b')) assert.match(one.printed.stderr, 'rejected: b: ')
  })
}

command(
  'ends with 2 without a DSN, and with one that cannot work, without its secret',
  async () => {
    const none = await sendTo(FILES, ['a'])
    assert.is(none.code, 2)
    assert.match(none.printed.stderr, 'no DSN')
    const bad = await sendTo(FILES, ['--dsn', 'https://key:hush@host/x', 'a'])
    assert.is(bad.code, 2)
    assert.match(bad.printed.stderr, 'dsn')
    assert.not.match(bad.printed.stderr, 'hush')
  },
)

command('does not repeat a word that may be a DSN', async () => {
  const one = await sendTo(FILES, ['--dns=https://key:hush@host/1', 'a'])
  assert.is(one.code, 2)
  assert.not.match(one.printed.stderr, 'hush')
})

command.run()

const replay = suite('send: a replay')

for (const recorded of Recorded.all) {
  replay(`${recorded.name}: Sentry keeps all of it, at any date`, async () => {
    const files = Object.fromEntries(recorded.files.map((path) => [path, readFileSync(path)]))
    const sentry = InMemorySentry.make()
    const clock = FakeClock.make(NOW)
    const one = await send(files, ['--dsn', sentry.dsn, ...recorded.files], sentry.http(clock))
    assert.equal([one.code, InMemorySentry.problems(sentry.received)], [0, []])
    const spans = recorded.name === 'shop-old-json' ? '3,417' : '2,817'
    assert.match(one.printed.stdout, `in      ${spans} spans\nsent    ${spans} spans`)
    assert.match(one.printed.stdout, 'merged: error_copy 14')
  })
}

const later = (nanos: string, seconds: number): string =>
  String(BigInt(nanos) + BigInt(seconds) * 1_000_000_000n)

/** Two traces in two files, an hour apart. */
const APART: Files = {
  first: request(SPAN),
  second: gzipSync(
    request({
      ...SPAN,
      traceId: 'c'.repeat(32),
      startTimeUnixNano: later(SPAN.startTimeUnixNano, 3_600),
      endTimeUnixNano: later(SPAN.endTimeUnixNano, 3_600),
    }),
  ),
}

const eventsOf = ({ bodies }: Sent): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  bodies
    .map((body) => JSON.parse(new TextDecoder().decode(body).split('\n')[2] ?? ''))
    .sort((a, b) => a.timestamp - b.timestamp)

replay('shifts all files by one distance, so that the latest time is now', async () => {
  for (const words of [
    ['first', 'second'],
    ['second', 'first'],
  ]) {
    const times = eventsOf(await sendTo(APART, ['--dsn', DSN, ...words])).map((event) => [
      event['start_timestamp'],
      event['timestamp'],
    ])
    const now = NOW / 1_000
    assert.equal(times, [
      [now - 3_601, now - 3_600],
      [now - 1, now],
    ])
  }
})

const SECOND = '1000001000000000'

const FIRST = '1000000000000000'

const metricsOf = (...metrics: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })

/** Series of two kinds, one of which started before its first point. */
const METRICS = metricsOf(
  { name: 'size', gauge: { dataPoints: [{ asInt: 7, timeUnixNano: FIRST }] } },
  {
    name: 'duration',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          startTimeUnixNano: FIRST,
          timeUnixNano: SECOND,
          count: 2,
          sum: 3,
          explicitBounds: [4],
          bucketCounts: [2, 0],
          exemplars: [
            {
              asDouble: 1,
              timeUnixNano: SECOND,
              traceId: SPAN.traceId,
              spanId: SPAN.spanId,
            },
          ],
        },
      ],
    },
  },
)

const metricItems = ({ bodies }: Sent): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  bodies.flatMap((body) => {
    const [, item = '', payload = ''] = new TextDecoder().decode(body).split('\n')
    return item.includes('"trace_metric"') ? JSON.parse(payload).items : []
  })

replay('sends metrics with the shift and the ids of all', async () => {
  const one = await sendTo({ spans: request(SPAN), metrics: METRICS }, [
    ...['--dsn', DSN, 'spans', 'metrics'],
  ])
  assert.is(one.code, 0)
  assert.match(
    one.printed.stdout,
    'in      1 span, 2 metric points\nsent    1 span, 1 transaction, 0 errors, 3 metrics\n',
  )
  assert.match(one.printed.stdout, 'moved 3')
  const [event] = one.bodies
    .map((body) => JSON.parse(new TextDecoder().decode(body).split('\n')[2] ?? ''))
    .filter(({ contexts }) => contexts !== undefined)
  const now = NOW / 1_000
  assert.is(event.timestamp, now)
  const items = metricItems(one)
  assert.equal(
    items.map(({ name, timestamp, value }) => [name, timestamp, value]),
    [
      ['size', now - 1, 7],
      ['duration', now, 1],
      ['duration', now, 2],
    ],
  )
  const { trace_id, span_id } = event.contexts.trace
  assert.equal([items[1]?.['trace_id'], items[1]?.['span_id']], [trace_id, span_id])
})

replay('Sentry keeps the recorded metrics', async () => {
  const files = Object.fromEntries(
    Recorded.metricBodies().map((body, index) => [`${index}.pb`, body]),
  )
  const sentry = InMemorySentry.make()
  const http = sentry.http(FakeClock.make(NOW))
  const one = await send(files, ['--dsn', sentry.dsn, ...Object.keys(files)], http)
  assert.equal([one.code, InMemorySentry.problems(sentry.received)], [0, []])
  assert.match(one.printed.stdout, 'in      0 spans, 274 metric points')
  assert.match(one.printed.stdout, '0 errors, 200 metrics\n')
})

replay('a metric that was rejected is printed, and changes the exit code', async () => {
  const bad = metricsOf({ name: 'size', gauge: { dataPoints: [{ asInt: 'x' }] } })
  const one = await sendTo({ good: METRICS, bad }, ['--dsn', DSN, 'good', 'bad'])
  assert.is(one.code, 1)
  assert.match(one.printed.stderr, 'rejected: bad: resourceMetrics[0]')
  assert.match(one.printed.stdout, 'in      0 spans, 3 metric points')
  assert.is((await sendTo({ bad }, ['--dsn', DSN, 'bad'])).code, 2)
  assert.is((await sendTo({ good: METRICS }, ['--dsn', DSN, 'good'], 403)).code, 2)
})

replay('reads standard input twice by a copy, as if it were a file', async () => {
  const files = { '-': request(SPAN), first: request({ ...SPAN, spanId: 'c'.repeat(16) }) }
  const one = await sendTo(files, ['--dsn', DSN, 'first', '-'])
  assert.is(one.code, 0)
  assert.is(eventsOf(one)[0]?.['timestamp'], NOW / 1_000)
})

const idsOf = (sent: Sent): ReadonlyArray<string> =>
  eventsOf(sent).flatMap((event) => {
    const trace = Object(event['contexts'])['trace']
    return [String(event['event_id']), String(trace['trace_id']), String(trace['span_id'])]
  })

replay('has other ids with each salt, so that Sentry keeps both of two replays', async () => {
  const salted = (salt: string) =>
    sendTo(APART, ['--dsn', DSN, 'first', 'second'], 200, { salt: () => salt })
  const [a, again, b] = [await salted('a'), await salted('a'), await salted('b')]
  assert.equal(idsOf(a), idsOf(again))
  assert.is(new Set([...idsOf(a), ...idsOf(b), SPAN.traceId, SPAN.spanId]).size, 12 + 2 - 2)
})

replay('--verbatim keeps ids and times, and --keep-times the times alone', async () => {
  const one = await sendTo({ a: request(SPAN) }, ['--dsn', DSN, '--verbatim', 'a'])
  assert.equal(idsOf(one).slice(1), [SPAN.traceId, SPAN.spanId])
  // The rule for old traces moves by whole days.
  assert.is(Math.round(Number(eventsOf(one)[0]?.['timestamp'])) % 86_400, 1_000_001 % 86_400)
  assert.match(one.printed.stdout, 'lost or repaired: moved 1\n')
  const times = await sendTo({ a: request(SPAN) }, ['--dsn', DSN, '--keep-times', 'a'])
  assert.is.not(idsOf(times)[1], SPAN.traceId)
  assert.is(eventsOf(times)[0]?.['timestamp'], eventsOf(one)[0]?.['timestamp'])
})

replay('--verbatim reads a stream once', async () => {
  const one = await sendTo({ '-': request(SPAN) }, ['--dsn', DSN, '--verbatim', '-'], 200, {
    keepInput: () => {
      throw new Error('kept')
    },
  })
  assert.is(one.code, 0)
})

replay.run()

const long = suite('send: long input')

const SPANS_OF_LINE = 20

/** A file of many lines, each a part of its own with this many traces; `onLine` is called as each is read. */
const longFile = (lines: number, onLine: (line: number) => void): InputFile => ({
  path: 'long',
  size: lines,
  chunks: async function* () {
    const blanks = ' '.repeat(1024 * 1024)
    for (let line = 0; line < lines; line++) {
      onLine(line)
      const spans = Array.from({ length: SPANS_OF_LINE }, (_, n) => ({
        ...SPAN,
        traceId: String(line * SPANS_OF_LINE + n).padStart(32, 'a'),
      }))
      yield E.right(new TextEncoder().encode(`${request(...spans)}${blanks}\n`))
    }
  },
})

long('reading waits for Sentry, so that few envelopes are held', async () => {
  let lines = 0
  let answered = 0
  let ahead = 0
  const http: Http = () => async () => {
    answered++
    // Each answer takes a moment.
    await new Promise((resolve) => setImmediate(resolve))
    ahead = Math.max(ahead, lines * SPANS_OF_LINE - answered)
    return recordingHttp.answering(200)
  }
  const one = await send({}, ['--dsn', DSN, '--keep-times', 'long'], http, {
    openInput: () => async () => E.right(longFile(30, () => lines++)),
    // A new trace sends the one before.
    openExporter: ({ dsn, onOutcome }) =>
      E.right(Exporter.open({ dsn, onOutcome, maxTraces: 1 }, http, FakeClock.make(NOW))),
  })
  assert.equal([one.code, one.printed.stderr], [0, ''])

  assert.match(one.printed.stdout, 'sent    600 spans, 600 transactions')
  assert.ok(ahead < 300, `${ahead} envelopes ahead of the answers`)
})

long('Ctrl-C ends reading, sends what was read, and prints the figures', async () => {
  let interrupt: () => void = () => undefined
  const one = await sendTo({}, ['--dsn', DSN, '--keep-times', 'long'], 200, {
    interrupted: () =>
      new Promise((resolve) => {
        interrupt = resolve
      }),
    openInput: () => async () =>
      E.right(
        longFile(20, (line) => {
          if (line === 10) interrupt()
        }),
      ),
  })
  assert.is(one.code, 1)
  assert.match(one.printed.stderr, 'interrupted before all of the input was sent')
  const [, sent = ''] = /^sent {4}(\d+) spans/m.exec(one.printed.stdout) ?? []
  assert.ok(Number(sent) >= 80 && Number(sent) < 300, sent)
})

long(
  'Ctrl-C ends waiting for a server that does not answer, and counts what was lost',
  async () => {
    let interrupt: () => void = () => undefined
    const http: Http =
      ({ signal }) =>
      () =>
        new Promise((resolve) => {
          interrupt()
          signal?.addEventListener('abort', () =>
            resolve({ _tag: 'Left', left: { _tag: 'Abandoned' } }),
          )
        })
    const clock = FakeClock.make(NOW)
    const running = send({ a: request(SPAN) }, ['--dsn', DSN, 'a'], http, {
      openExporter: (options) => openExporter({ http, clock })(options),
      interrupted: () =>
        new Promise((resolve) => {
          interrupt = resolve
        }),
    })
    // More than the time that is allowed after Ctrl-C.
    for (let second = 0; second < 12; second++) await clock.advance(1_000)
    const one = await running
    assert.is(one.code, 2)
    assert.match(one.printed.stdout, 'in      1 span\nsent    0 spans')
    assert.match(one.printed.stdout, 'network_error 1')
  },
)

long('--rate sends at most so many envelopes a second', async () => {
  const clock = FakeClock.make(NOW)
  const times: Array<number> = []
  const http: Http = () => async () => {
    times.push(clock.now() - NOW)
    return recordingHttp.answering(200)
  }
  const spans = [1, 2, 3, 4].map((n) => ({ ...SPAN, traceId: `${n}`.repeat(32) }))
  const words = ['--dsn', DSN, '--rate', '2', 'a']
  const running = send({ a: request(...spans) }, words, http, {
    openExporter: (options) => openExporter({ http, clock })(options),
  })
  for (let n = 0; n < 20; n++) await clock.advance(100)
  assert.is((await running).code, 0)
  assert.equal(times, [0, 500, 1_000, 1_500])
})

long('shows progress, and none with --quiet', async () => {
  for (const [words, shown] of [
    [[], true],
    [['--quiet'], false],
  ] as const) {
    let now = 0
    const one = await sendTo({ a: request(SPAN) }, ['--dsn', DSN, ...words, 'a'], 200, {
      clock: { now: () => (now += 6_000) },
    })
    assert.is(one.printed.stderr.includes('read: '), shown)
    assert.is(one.printed.stderr.includes('send: '), shown)
    assert.is(one.code, 0)
  }
})

long.run()

const exporter = suite('openExporter')

exporter('a span waits for the end of the input, however long that takes', async () => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make(NOW)
  const opened = openExporter({ http, clock })({
    dsn: DSN,
    environment: undefined,
    insecureSkipVerify: false,
    timeoutMillis: 1_000,
    perSecond: undefined,
    onOutcome: () => undefined,
  })
  if (E.isLeft(opened)) throw new Error(opened.left)
  const running: Exporter.Exporter = opened.right
  await running.exportOtlp(request(SPAN))
  await clock.advance(20 * 86_400_000)
  assert.is(requests.length, 0)
  await running.exportOtlp(request({ ...SPAN, spanId: 'c'.repeat(16), parentSpanId: SPAN.spanId }))
  const { delivered } = await running.shutdown(1_000)
  assert.equal(delivered, { transactions: 1, spans: 2, errors: 0, logs: 0, metrics: 0 })
})

exporter.run()
