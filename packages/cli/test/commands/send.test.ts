import { readFileSync } from 'node:fs'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import { Monoid } from '@sentry-exporter/exporter/Outcome'
import type { OtlpInput } from '@sentry-exporter/otlp/OtlpInput'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { type TestEnvironment, testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TE from '#fp-ts/TaskEither'
import type { SendOptions } from '../../src/Capabilities.ts'
import { main } from '../../src/Main.ts'
import { sendInput } from '../../src/send/sendInput.ts'

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: '1000000000000000',
  endTimeUnixNano: '1000001000000000',
}

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const send = suite('send')

interface Asked {
  readonly options: SendOptions
  readonly input: OtlpInput
}

/** A process whose Sentry gives this outcome. */
const run = async (
  words: ReadonlyArray<string>,
  outcome: Partial<Outcome> = {},
  dsn?: string,
): Promise<TestEnvironment & { readonly code: number; readonly asked: ReadonlyArray<Asked> }> => {
  const asked: Array<Asked> = []
  const one: TestEnvironment = {
    ...testEnvironment({ a: request(SPAN), b: request({ ...SPAN, spanId: 'x' }), c: '{"a":1}' }),
    variable: (name) => (name === 'SENTRY_DSN' ? dsn : undefined),
    send: (options, input) => {
      asked.push({ options, input })
      return TE.right({ ...Monoid.empty, ...outcome })
    },
  }
  return { ...one, code: await main(['send', ...words])(one)(), asked }
}

const DELIVERED = { transactions: 1, spans: 1, errors: 0 }

send(
  'reads the DSN from an option or from the environment, and all files as one input',
  async () => {
    const defaults = {
      environment: undefined,
      keepsTimes: false,
      insecureSkipVerify: false,
      timeoutMillis: 30_000,
    }
    const one = await run(['--dsn', 'k', 'a', 'a'], { spansIn: 2, delivered: DELIVERED })
    assert.equal([one.code, one.asked[0]?.options], [0, { dsn: 'k', ...defaults }])
    assert.is(one.asked[0]?.input.batch.spans.length, 2)
    assert.is(one.printed.stdout, '2 spans in, 1 transaction, 0 errors, nothing lost\n')
    const other = await run(
      ['--keep-times', '--environment', 'e', '--timeout-millis', '5', 'a'],
      {},
      'v',
    )
    assert.equal(other.asked[0]?.options, {
      ...defaults,
      dsn: 'v',
      keepsTimes: true,
      environment: 'e',
      timeoutMillis: 5,
    })
  },
)

// the words, the outcome, and the exit code
const ENDS: ReadonlyArray<readonly [ReadonlyArray<string>, Partial<Outcome>, number]> = [
  [['a'], { delivered: DELIVERED }, 0],
  [['a', 'b'], { delivered: DELIVERED }, 1],
  [['a', 'c'], { delivered: DELIVERED }, 1],
  [['a', 'missing'], { delivered: DELIVERED }, 1],
  [['a'], { delivered: DELIVERED, dropped: { send_error: 1 } }, 1],
  [['a'], { delivered: DELIVERED, droppedErrors: { send_error: 1 } }, 1],
  [['a'], { dropped: { network_error: 1 }, problems: ['could not reach Sentry'] }, 2],
  [['missing'], {}, 2],
  [[], {}, 2],
]

for (const [words, outcome, code] of ENDS) {
  send(`ends with ${code} for ${words.join(' ')} and ${JSON.stringify(outcome)}`, async () => {
    const one = await run(['--dsn', 'k', ...words], outcome)
    assert.is(one.code, code)
    for (const problem of outcome.problems ?? []) assert.match(one.printed.stderr, problem)
  })
}

send('ends with 2 without a DSN', async () => {
  const one = await run(['a'])
  assert.is(one.code, 2)
  assert.match(one.printed.stderr, 'no DSN')
})

send('does not repeat a word that may be a DSN', async () => {
  const one = await run(['--dns=https://key:hush@host/1', 'a'])
  assert.is(one.code, 2)
  assert.not.match(one.printed.stderr, 'hush')
})

send.run()

const input = suite('sendInput')

const OPTIONS: Omit<SendOptions, 'dsn'> = {
  environment: undefined,
  keepsTimes: false,
  insecureSkipVerify: false,
  timeoutMillis: 1_000,
}

/** Runs `send` against a Sentry in memory at a time far from that of the files. */
const sendTo = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  more: ReadonlyArray<string>,
) => {
  const sentry = InMemorySentry.make()
  const clock = FakeClock.make(1_900_000_000_000)
  const one: TestEnvironment = {
    ...testEnvironment(files),
    send: sendInput({ http: sentry.http(clock), clock }),
  }
  const words = ['send', '--dsn', sentry.dsn, ...more, ...Object.keys(files)]
  const code = await main(words)(one)()
  return { code, one, problems: InMemorySentry.problems(sentry.received) }
}

for (const recorded of Recorded.all) {
  input(`${recorded.name}: Sentry keeps all of it, at any date`, async () => {
    const files = Object.fromEntries(recorded.files.map((path) => [path, readFileSync(path)]))
    const { code, one, problems } = await sendTo(files, [])
    const spans = recorded.name === 'shop-old-json' ? 3417 : 2817
    assert.equal([code, problems], [0, []])
    assert.match(one.printed.stdout, `${spans} spans in`)
    assert.match(one.printed.stdout, `lost or repaired: moved ${spans}, merged: error_copy 14`)
  })
}

input('--keep-times leaves the times to the rule for old traces', async () => {
  const { code, one, problems } = await sendTo({ a: request(SPAN) }, ['--keep-times'])
  assert.equal([code, problems], [0, []])
  assert.match(one.printed.stdout, '1 span in, 1 transaction, 0 errors, lost or repaired: moved 1')
})

input('a DSN that cannot work is an error without its secret', async () => {
  const clock = FakeClock.make()
  const sent = await sendInput({ http: () => async () => recordingHttp.answering(200), clock })(
    { ...OPTIONS, dsn: 'https://key:hush@host/x' },
    {
      batch: { spans: [], rejected: [], repairs: {} },
      logs: { records: [], rejected: [], repairs: {} },
      metrics: 0,
      unread: [],
    },
  )()
  assert.is(sent._tag, 'Left')
  assert.not.match(JSON.stringify(sent), 'hush')
})

input.run()
