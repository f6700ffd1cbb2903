import * as Losses from '@sentry-exporter/core/Losses'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { resource } from '@sentry-exporter/testing/spans'
import type { HttpRequest } from '@sentry-exporter/transport/Http'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type * as Config from '../src/Config.ts'
import * as ConfigModule from '../src/Config.ts'
import * as Exporter from '../src/Exporter.ts'
import type * as Outcome from '../src/Outcome.ts'
import * as Reconfigurable from '../src/Reconfigurable.ts'
import * as failingHttp from './failingHttp.ts'

const DSN = 'https://key:hush@host/1'

interface LogJson {
  readonly body: string
  readonly attributes: Readonly<Record<string, { readonly value: unknown }>>
}

/** The logs of a request. */
const logsOf = ({ body }: Pick<HttpRequest, 'body'>): ReadonlyArray<LogJson> => {
  const read = Envelope.decode(new Uint8Array(body ?? []))
  if (E.isLeft(read)) throw new Error('no envelope')
  return read.right.items
    .filter(({ header }) => header.type === 'log')
    .flatMap(({ payload }) => JSON.parse(Utf8.decode(payload)).items)
}

const bodiesOf = (requests: ReadonlyArray<HttpRequest>): ReadonlyArray<string> =>
  requests.flatMap(logsOf).map(({ body }) => body)

const record = (text: string, fields: object = {}): object => ({
  timeUnixNano: '1700000000000000000',
  severityNumber: 9,
  body: { stringValue: text },
  ...fields,
})

const logs = (records: ReadonlyArray<unknown>, tenant?: string): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: {
          attributes:
            tenant === undefined ? [] : [{ key: 'tenant', value: { stringValue: tenant } }],
        },
        scopeLogs: [{ logRecords: records }],
      },
    ],
  })

const EXCEPTION = {
  severityNumber: 17,
  attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }],
}

/** Losses before there was an envelope that cost whole logs. */
const WHOLE = ['before_send_log', 'hook_failed_log', 'invalid_record', 'unrouted_log'] as const

const sum = (losses: Losses.Losses): number =>
  Losses.entries(losses).reduce((total, [, count]) => total + count, 0)

const accounted = ({ delivered, droppedLogs, rejected, waitingLogs }: Outcome.Outcome): number =>
  delivered.logs +
  sum(droppedLogs) +
  waitingLogs +
  WHOLE.reduce((total, reason) => total + (rejected[reason] ?? 0), 0)

const accepting = (): recordingHttp.RecordingHttp =>
  recordingHttp.make(() => recordingHttp.answering(200))

const opened = (
  input: Partial<Config.ConfigInput> = {},
): recordingHttp.RecordingHttp & {
  readonly exporter: Exporter.Exporter
  readonly clock: FakeClock.FakeClock
} => {
  const recording = accepting()
  const clock = FakeClock.make()
  return {
    ...recording,
    clock,
    exporter: Exporter.open({ dsn: DSN, ...input }, recording.http, clock),
  }
}

const sends = suite('Exporter: logs')

sends('are sent in envelopes of up to a hundred', async () => {
  const { exporter, requests } = opened()
  const texts = Array.from({ length: 250 }, (_unused, n) => `log ${n}`)
  const outcome = await exporter.exportLogs(logs(texts.map((text) => record(text))))
  assert.equal([outcome.logsIn, outcome.delivered.logs, outcome.waitingLogs], [250, 200, 50])
  assert.is(exporter.outcome().waitingLogs, 50)
  assert.is(exporter.backlog().logs, 50)
  const total = await exporter.shutdown(1_000)
  assert.equal([total.delivered.logs, total.waitingLogs], [250, 0])
  assert.equal(
    requests.map((request) => logsOf(request).length),
    [100, 100, 50],
  )
  assert.equal(bodiesOf(requests), texts)
})

sends('go at a flush that leaves the spans', async () => {
  const { exporter, requests } = opened()
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentSpanId: 'c'.repeat(16),
    flags: 0x101,
    name: 'work',
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000000000000',
  }
  await exporter.exportOtlp(
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  )
  await exporter.exportLogs(logs([record('a')]))
  const outcome = await exporter.flush(0, 'none')
  assert.equal([outcome.waiting, bodiesOf(requests)], [1, ['a']])
  const total = await exporter.shutdown(1_000)
  assert.equal(total.delivered, { transactions: 1, spans: 1, errors: 0, logs: 1, metrics: 0 })
})

sends('are not sent without the option, and are counted as before', async () => {
  const { clock, exporter, requests } = opened({ logs: false })
  const outcome = await exporter.exportLogs(logs([record('a'), record('b', EXCEPTION), 7]))
  assert.equal(
    [outcome.logsIn, outcome.rejected, exporter.outcome().waitingLogs],
    [0, { invalid_record: 1, log_record: 1 }, 0],
  )
  await clock.advance(60_000)
  const total = await exporter.shutdown(1_000)
  assert.equal(total.delivered, { transactions: 0, spans: 0, errors: 1, logs: 0, metrics: 0 })
  assert.equal(bodiesOf(requests), [])
})

sends('may be dropped and changed by a hook', async () => {
  const { exporter, requests } = opened({
    beforeSendLog: (item) =>
      item.body === 'secret' ? null : { ...item, body: item.body.toUpperCase() },
  })
  const outcome = await exporter.exportLogs(logs([record('secret'), record('a')]))
  assert.equal(outcome.rejected, { before_send_log: 1 })
  await exporter.shutdown(1_000)
  assert.equal(bodiesOf(requests), ['A'])
})

sends('that a hook fails for are counted and named', async () => {
  const { exporter, requests } = opened({
    beforeSendLog: (item) => {
      if (item.body === 'bad') throw new Error('a fault of the hook')
      return item
    },
  })
  const outcome = await exporter.exportLogs(logs([record('bad'), record('a'), record('bad')]))
  assert.equal(outcome.rejected, { hook_failed_log: 2 })
  assert.is(outcome.problems.length, 1)
  assert.match(outcome.problems[0] ?? '', 'a fault of the hook')
  await exporter.shutdown(1_000)
  assert.equal(bodiesOf(requests), ['a'])
})

sends('go where the routes send their resource', async () => {
  const { exporter, requests } = opened({
    routes: [
      { match: { tenant: 'two' }, dsn: 'https://two@host/2', environment: 'second' },
      { match: { tenant: 'none' }, drop: true },
    ],
  })
  await exporter.exportLogs(logs([record('a'), record('b')], 'two'))
  await exporter.exportLogs(logs([record('c')]))
  const outcome = await exporter.exportLogs(logs([record('d'), record('e')], 'none'))
  assert.equal(outcome.rejected, { unrouted_log: 2 })
  const total = await exporter.shutdown(1_000)
  assert.equal([total.logsIn, accounted(total)], [5, 5])
  assert.equal(
    requests.map((request) => [
      /\/api\/(\d)\//.exec(request.url)?.[1],
      logsOf(request).map(({ body, attributes }) => [
        body,
        attributes['sentry.environment']?.value,
      ]),
    ]),
    [
      [
        '2',
        [
          ['a', 'second'],
          ['b', 'second'],
        ],
      ],
      ['1', [['c', undefined]]],
    ],
  )
})

sends('after the shutdown are lost and counted', async () => {
  const { exporter, requests } = opened()
  await exporter.exportLogs(logs([record('a')]))
  await exporter.shutdown(1_000)
  const outcome = await exporter.exportLogs(logs([record('b'), record('c'), 7]))
  assert.equal([outcome.droppedLogs, outcome.rejected], [{ shutdown: 2 }, { invalid_record: 1 }])
  const total = exporter.outcome()
  assert.equal([total.logsIn, accounted(total), bodiesOf(requests)], [4, 4, ['a']])
})

sends('that were made by hand lose only the records that lack a field', async () => {
  const { exporter, requests } = opened()
  const good = {
    traceId: undefined,
    spanId: undefined,
    timeMicros: Micros.of(1_700_000_000_000_000),
    severity: 9,
    body: 'a',
    attributes: {},
    resource: resource('shop'),
  }
  const records = [{ ...good, resource: undefined }, good]
  const outcome = await exporter.exportInput({
    ...OtlpInput.empty,
    // A program in JavaScript may make such a record.
    logs: { ...OtlpInput.empty.logs, records: records as ReadonlyArray<typeof good> },
  })
  assert.equal(outcome.rejected, { invalid_record: 1 })
  const total = await exporter.shutdown(1_000)
  assert.equal([total.logsIn, accounted(total), bodiesOf(requests)], [2, 2, ['a']])
})

sends('have the release, the environment and the service of their resource', async () => {
  const { exporter, requests } = opened({ release: 'shop@2', environment: 'live' })
  await exporter.exportLogs(logs([record('a')]))
  await exporter.shutdown(1_000)
  const [log] = requests.flatMap(logsOf)
  assert.is(log?.attributes['sentry.release']?.value, 'shop@2')
  assert.is(log?.attributes['sentry.environment']?.value, 'live')
})

sends('that wait go to their former project when another one is configured', async () => {
  const decoded = (dsn: string, more: object = {}): Config.Config => {
    const config = ConfigModule.decode({ dsn, ...more })
    if (E.isLeft(config)) throw new Error('a bad configuration in a test')
    return config.right
  }
  for (const [more, isOn] of [
    [{}, true],
    [{ logs: false }, false],
  ] as const) {
    const { http, requests } = accepting()
    const exporter = Reconfigurable.start(decoded(DSN), http, FakeClock.make())
    await exporter.exportLogs(logs([record('a')]))
    assert.is(exporter.reconfigure(decoded('https://key@host/2', more)), undefined)
    await exporter.exportLogs(logs([record('b')]))
    const total = await exporter.shutdown(1_000)
    assert.equal(
      requests.map((request) => [/\/api\/(\d)\//.exec(request.url)?.[1], ...bodiesOf([request])]),
      isOn
        ? [
            ['1', 'a'],
            ['2', 'b'],
          ]
        : [['1', 'a']],
    )
    assert.equal([total.logsIn, accounted(total)], isOn ? [2, 2] : [1, 1])
  }
})

sends.run()

const histories = suite('Exporter: histories of logs')

type Step =
  | { readonly _tag: 'Logs'; readonly count: number; readonly tenant: string | undefined }
  | { readonly _tag: 'Odd' }
  | { readonly _tag: 'Wait'; readonly millis: number }
  | { readonly _tag: 'Flush'; readonly scope: 'all' | 'entered' | 'none' }
  | { readonly _tag: 'Http'; readonly failure: failingHttp.Failure }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    _tag: fc.constant('Logs' as const),
    count: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 230 })),
    tenant: fc.constantFrom(undefined, 'two', 'none'),
  }),
  fc.constant({ _tag: 'Odd' as const }),
  fc.record({
    _tag: fc.constant('Wait' as const),
    millis: fc.constantFrom(1, 1_000, 5_000, 70_000),
  }),
  fc.record({
    _tag: fc.constant('Flush' as const),
    scope: fc.constantFrom('all' as const, 'entered' as const, 'none' as const),
  }),
  fc.record({ _tag: fc.constant('Http' as const), failure: failingHttp.failures }),
)

const CONFIG: Config.ConfigInput = {
  dsn: DSN,
  // Envelopes wait, and some are dropped.
  concurrency: 1,
  maxQueueItems: 2,
  routes: [
    { match: { tenant: 'two' }, dsn: 'https://two@host/2' },
    { match: { tenant: 'none' }, drop: true },
  ],
  beforeSendLog: (item) => {
    if (item.body.endsWith('3')) throw new Error('a fault of the hook')
    return item.body.endsWith('7') ? null : item
  },
}

const check = async (steps: ReadonlyArray<Step>): Promise<void> => {
  const clock = FakeClock.make()
  const { http, setFailure, taken } = failingHttp.make({
    clock,
    limited: 'log_byte',
    valuesOf: bodiesOf,
  })
  const exporter = Exporter.open(CONFIG, http, clock)
  const calls: Array<Promise<unknown>> = []
  let given = 0
  const isExact = (): void => {
    const outcome = exporter.outcome()
    assert.equal([outcome.logsIn, accounted(outcome)], [given, given])
  }
  const texts = (count: number): ReadonlyArray<object> =>
    Array.from({ length: count }, () => record(`log ${++given}`))
  for (const one of steps) {
    if (one._tag === 'Http') setFailure(one.failure)
    else if (one._tag === 'Wait') await clock.advance(one.millis)
    else if (one._tag === 'Flush') calls.push(exporter.flush(1_000, one.scope))
    else if (one._tag === 'Logs')
      calls.push(exporter.exportLogs(logs(texts(one.count), one.tenant)))
    else {
      calls.push(exporter.exportLogs(logs([7, ...texts(1), { traceId: 7 }])))
      given += 2
    }
    isExact()
    await clock.advance(0)
    isExact()
  }
  const ending = exporter.shutdown(1_000)
  await clock.advance(10_000)
  const total = await ending
  await Promise.all(calls)
  isExact()
  assert.is(total.waitingLogs, 0)
  // No log is sent again that the server may have.
  const named = taken.filter((body) => body !== '')
  assert.is(new Set(named).size, named.length)
  assert.is(clock.pending(), 0)
  calls.push(exporter.exportLogs(logs(texts(2))))
  await Promise.all(calls)
  isExact()
}

histories('law: each log is delivered, dropped, rejected or waits; none is sent twice', () =>
  fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), check), { numRuns: 100 }),
)

histories.run()
