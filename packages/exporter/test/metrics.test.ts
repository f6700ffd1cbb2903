import type { MetricBatch } from '@sentry-exporter/core'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Metric from '@sentry-exporter/core/Metric'
import type { ItemText, MetricState } from '@sentry-exporter/core/pipeline'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import type { Http, HttpRequest } from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import type { ReadInput } from '../src/describeBytes.ts'
import type { AddressedEnvelope } from '../src/EventEnvelope.ts'
import * as Exporter from '../src/Exporter.ts'
import type * as ItemSteps from '../src/ItemSteps.ts'
import * as MetricSteps from '../src/MetricSteps.ts'
import type * as Outcome from '../src/Outcome.ts'
import * as Pipeline from '../src/Pipeline.ts'
import * as Running from '../src/Running.ts'
import * as failingHttp from './failingHttp.ts'

const DSN = 'https://key:hush@host/1'

const ROUTES = [
  { match: { tenant: 'two' }, dsn: 'https://two@host/2' },
  { match: { tenant: 'none' }, drop: true },
]

const decoded = (input: Partial<Config.ConfigInput> = {}): Config.Config => {
  const config = Config.decode({ dsn: DSN, ...input })
  if (E.isLeft(config)) throw new Error('a bad configuration in a test')
  return config.right
}

/** A gauge with these values. */
const gauge = (values: ReadonlyArray<number>, tenant = 'one'): Metric.Metric =>
  Metric.make({
    name: 'jobs',
    resource: Resource.of({ tenant }),
    data: { _tag: 'Gauge', points: values.map((value) => Metric.numberPoint(value)) },
  })

const NONE: MetricBatch.MetricBatch = { metrics: [], rejected: [], repairs: {} }

const inputOf = (...metrics: ReadonlyArray<Metric.Metric>): ReadInput => ({
  ...OtlpInput.empty,
  metrics: { ...NONE, metrics },
})

const item = (value: number, from: Resource.Resource): ItemText.PrintedItem => ({
  before: `{"value":${value}}`,
  shared: { text: '' },
  after: '',
  bytes: 10,
  from,
})

/** A source without a state: a value is an item, above 1,000 two of them, and a negative one is lost. */
const source: ItemSteps.ItemSource<Metric.Metric, MetricState.MetricState> = {
  ...MetricSteps.of({ ...Pipeline.optionsOf(decoded()), metrics: false }).source,
  take: (state, metrics) => {
    const values = metrics.flatMap(({ data, resource }) =>
      data._tag === 'Gauge' ? data.points.map(({ value }) => ({ value, resource })) : [],
    )
    return {
      state,
      items: values.flatMap(({ value, resource }) => {
        if (value < 0) return []
        const one = item(value, resource)
        return value > 1_000 ? [one, item(value + 0.5, resource)] : [one]
      }),
      losses: Losses.of('metric_no_value', values.filter(({ value }) => value < 0).length),
    }
  },
}

const made = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + (value < 0 ? 0 : value > 1_000 ? 2 : 1), 0)

const stepsOf = (config: Config.Config): MetricSteps.MetricSteps<AddressedEnvelope> => ({
  ...MetricSteps.of(Pipeline.optionsOf(config)),
  source,
})

interface Opened {
  readonly running: Running.Running
  readonly exporter: Exporter.Exporter
}

const openedWith = (http: Http, clock: FakeClock.FakeClock, config: Config.Config): Opened => {
  const running = Running.start(config, http, clock)
  if (config.metrics) running.metrics.change(stepsOf(config))
  return { running, exporter: Exporter.ofRunning(running) }
}

const opened = (
  input: Partial<Config.ConfigInput> = {},
  answer = () => recordingHttp.answering(200),
): recordingHttp.RecordingHttp & Opened & { readonly clock: FakeClock.FakeClock } => {
  const recording = recordingHttp.make(answer)
  const clock = FakeClock.make()
  return { ...recording, clock, ...openedWith(recording.http, clock, decoded(input)) }
}

const itemsIn = ({ body }: Pick<HttpRequest, 'body'>, type: string): ReadonlyArray<unknown> => {
  const read = Envelope.decode(new Uint8Array(body ?? []))
  if (E.isLeft(read)) throw new Error('no envelope')
  return read.right.items
    .filter(({ header }) => header.type === type)
    .map(({ payload }) => JSON.parse(Utf8.decode(payload)))
}

const valuesOf = (requests: ReadonlyArray<HttpRequest>): ReadonlyArray<number> =>
  requests
    .flatMap((request) => itemsIn(request, 'trace_metric'))
    .flatMap((container) => (container as { items: ReadonlyArray<{ value: number }> }).items)
    .map(({ value }) => value)

const projectsOf = (requests: ReadonlyArray<HttpRequest>): ReadonlyArray<string | undefined> =>
  requests.map(({ url }) => /\/api\/(\d)\//.exec(url)?.[1])

const sum = (losses: Losses.Losses): number =>
  Losses.entries(losses).reduce((total, [, count]) => total + count, 0)

/** Items that were delivered, lost, or wait. */
const accounted = ({ delivered, droppedMetrics, rejected, waitingMetrics }: Outcome.Outcome) =>
  delivered.metrics + sum(droppedMetrics) + waitingMetrics + (rejected.unrouted_metric ?? 0)

const upTo = (count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_unused, n) => n)

const sends = suite('Exporter: metrics')

sends('are sent in envelopes of up to a thousand', async () => {
  const { exporter, requests } = opened()
  const values = upTo(2_500).map((n) => n / 10)
  const outcome = await exporter.exportInput(inputOf(gauge(values)))
  assert.equal(
    [outcome.metricsIn, outcome.delivered.metrics, outcome.waitingMetrics],
    [2_500, 2_000, 500],
  )
  assert.equal([exporter.outcome().waitingMetrics, exporter.backlog().metrics], [500, 500])
  const total = await exporter.shutdown(1_000)
  assert.equal([total.delivered.metrics, total.waitingMetrics], [2_500, 0])
  assert.equal(
    requests.map((request) => valuesOf([request]).length),
    [1_000, 1_000, 500],
  )
  assert.equal(valuesOf(requests), values)
})

sends('wait five seconds for others', async () => {
  const { clock, exporter, requests } = opened()
  await exporter.exportInput(inputOf(gauge([1])))
  await clock.advance(4_000)
  await exporter.exportInput(inputOf(gauge([2])))
  await clock.advance(999)
  assert.is(requests.length, 0)
  await clock.advance(1)
  assert.equal(valuesOf(requests), [1, 2])
  assert.is(requests.length, 1)
  await exporter.shutdown(1_000)
})

sends('go at a flush of any scope, beside logs', async () => {
  for (const scope of ['all', 'entered', 'none'] as const) {
    const { exporter, requests } = opened()
    await exporter.exportInput(inputOf(gauge([1])))
    await exporter.exportLogs('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}')
    const { delivered } = await exporter.flush(1_000, scope)
    assert.equal([delivered.logs, delivered.metrics, requests.length], [1, 1, 2])
    await exporter.shutdown(1_000)
  }
})

sends('are counted as items, which may be more than points', async () => {
  const { exporter } = opened()
  const outcome = await exporter.exportInput(inputOf(gauge([1, 2_000, -1])))
  assert.equal(
    [outcome.metricsIn, outcome.waitingMetrics, outcome.rejected],
    [3, 3, { metric_no_value: 1 }],
  )
  assert.is((await exporter.shutdown(1_000)).delivered.metrics, 3)
})

sends('are not sent without the option, and their points are counted', async () => {
  const { clock, exporter, requests } = opened({ metrics: false })
  const outcome = await exporter.exportInput(inputOf(gauge([1, 2]), gauge([3])))
  assert.equal([outcome.metricsIn, outcome.rejected], [0, { metric: 3 }])
  await clock.advance(60_000)
  const total = await exporter.shutdown(1_000)
  assert.equal([total.delivered.metrics, total.waitingMetrics, requests.length], [0, 0, 0])
  const after = await exporter.exportInput(inputOf(gauge([4])))
  assert.equal([after.rejected, after.droppedMetrics], [{ metric: 1 }, {}])
})

sends('that were made by hand and lack their points never reject a call', async () => {
  const metrics = [{ ...gauge([1]), data: undefined }, gauge([2])]
  // A program in JavaScript may make such a metric.
  const input = inputOf(...(metrics as ReadonlyArray<Metric.Metric>))
  for (const isOn of [true, false]) {
    const { exporter } = opened({ metrics: isOn })
    const outcome = await exporter.exportInput(input)
    assert.equal(
      [outcome.metricsIn, outcome.rejected],
      isOn ? [2, { invalid_metric: 2 }] : [0, { metric: 2 }],
    )
    const after = await exporter.shutdown(1_000).then(() => exporter.exportInput(input))
    assert.equal(after.droppedMetrics, isOn ? { shutdown: 2 } : {})
  }
})

sends('are counted by the pipeline without a clock, too', () => {
  const input = inputOf(gauge([1, 2]))
  const { assembled } = Pipeline.ofInput(decoded({ metrics: false }))(input)
  assert.equal(assembled, { envelopes: [], losses: { metric: 2 } })
})

sends('go where the routes send their resource', async () => {
  const { exporter, requests } = opened({ routes: ROUTES })
  const outcome = await exporter.exportInput(
    inputOf(gauge([1], 'two'), gauge([2]), gauge([3, 4], 'none'), gauge([5], 'two')),
  )
  assert.equal(outcome.rejected, { unrouted_metric: 2 })
  await exporter.shutdown(1_000)
  assert.equal(projectsOf(requests), ['2', '1'])
  assert.equal(
    requests.map((request) => valuesOf([request])),
    [[1, 5], [2]],
  )
})

sends('after the shutdown are lost and counted', async () => {
  const { exporter, requests } = opened()
  await exporter.exportInput(inputOf(gauge([1])))
  await exporter.shutdown(1_000)
  const outcome = await exporter.exportInput(inputOf(gauge([2, 3])))
  assert.equal([outcome.metricsIn, outcome.droppedMetrics], [2, { shutdown: 2 }])
  assert.match(outcome.problems[0] ?? '', 'shut down')
  assert.equal(valuesOf(requests), [1])
})

sends('that wait go to their former project when another one is configured', async () => {
  for (const isOn of [true, false]) {
    const { exporter, requests, running } = opened()
    await exporter.exportInput(inputOf(gauge([1])))
    const next = decoded({ dsn: 'https://key@host/2', metrics: isOn })
    Running.change(running, Pipeline.optionsOf(next))
    if (isOn) running.metrics.change(stepsOf(next))
    const outcome = await exporter.exportInput(inputOf(gauge([2])))
    assert.equal(outcome.rejected, isOn ? {} : { metric: 1 })
    const total = await exporter.shutdown(1_000)
    assert.equal(projectsOf(requests), isOn ? ['1', '2'] : ['1'])
    assert.equal([valuesOf(requests), accounted(total)], isOn ? [[1, 2], 2] : [[1], 1])
  }
})

for (const category of ['trace_metric', 'trace_metric_byte']) {
  sends(`are held back by a limit of ${category}, and reported with their bytes`, async () => {
    const limits = { 'x-sentry-rate-limits': `60:${category}:key` }
    const { clock, exporter, requests } = opened({}, () => recordingHttp.answering(200, limits))
    await exporter.exportInput(inputOf(gauge([1])))
    await exporter.flush(1_000)
    await exporter.exportInput(inputOf(gauge([2, 2_000])))
    await exporter.exportLogs('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}')
    const total = await exporter.flush(1_000)
    assert.equal([total.delivered.metrics, total.delivered.logs], [1, 1])
    assert.equal(total.droppedMetrics, { ratelimit_backoff: 3 })
    await clock.advance(60_000)
    await exporter.shutdown(1_000)
    const reports = requests
      .flatMap((request) => itemsIn(request, 'client_report'))
      .flatMap((report) => (report as { discarded_events: ReadonlyArray<object> }).discarded_events)
    assert.equal(reports, [
      { reason: 'ratelimit_backoff', category: 'trace_metric', quantity: 3 },
      { reason: 'ratelimit_backoff', category: 'trace_metric_byte', quantity: 30 },
    ])
  })
}

sends('are repeated after an ambiguous failure only with mayDuplicateItems', async () => {
  for (const mayDuplicateItems of [false, true]) {
    const clock = FakeClock.make()
    let attempts = 0
    const http: Http = () => async () =>
      ++attempts === 1
        ? E.left(TransportError.unreachable('ECONNRESET'))
        : recordingHttp.answering(200)
    const { exporter } = openedWith(http, clock, decoded({ mayDuplicateItems }))
    await exporter.exportInput(inputOf(gauge([1])))
    const flushed = exporter.flush(120_000)
    await clock.advance(60_000)
    const { delivered, droppedMetrics } = await flushed
    assert.equal(
      [delivered.metrics, droppedMetrics],
      mayDuplicateItems ? [1, {}] : [0, { network_error: 1 }],
    )
    await exporter.shutdown(0)
  }
})

sends('are part of what is reported to the program', async () => {
  const outcomes: Array<Outcome.Outcome> = []
  const warnings: Array<string> = []
  const { exporter } = opened(
    { onOutcome: (outcome) => outcomes.push(outcome), warn: (text) => warnings.push(text) },
    () => recordingHttp.answering(400),
  )
  await exporter.exportInput(inputOf(gauge([1, 2])))
  const total = await exporter.shutdown(1_000)
  assert.equal(
    outcomes.map(({ droppedMetrics, waitingMetrics }) => [droppedMetrics, waitingMetrics]),
    [[{ send_error: 2 }, 0]],
  )
  assert.match(warnings.join(), 'lost 2 metrics (send_error 2)')
  assert.equal(total.droppedMetrics, { send_error: 2 })
})

sends.run()

const histories = suite('Exporter: histories of metrics')

type Step =
  | { readonly _tag: 'Metrics'; readonly count: number; readonly tenant: string }
  | { readonly _tag: 'Change' }
  | { readonly _tag: 'Wait'; readonly millis: number }
  | { readonly _tag: 'Flush'; readonly scope: Running.FlushScope }
  | { readonly _tag: 'Http'; readonly failure: failingHttp.Failure }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    _tag: fc.constant('Metrics' as const),
    count: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 2_300 })),
    tenant: fc.constantFrom('one', 'two', 'none'),
  }),
  fc.constant({ _tag: 'Change' as const }),
  fc.record({
    _tag: fc.constant('Wait' as const),
    millis: fc.constantFrom(1, 1_000, 5_000, 70_000),
  }),
  fc.record({
    _tag: fc.constant('Flush' as const),
    scope: fc.constantFrom('all' as const, 'entered' as const, 'none' as const),
  }),
  fc.record({
    _tag: fc.constant('Http' as const),
    failure: failingHttp.failures,
  }),
)

const isSorted = (numbers: ReadonlyArray<number>): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))

const check = async (steps: ReadonlyArray<Step>): Promise<void> => {
  const clock = FakeClock.make()
  const { http, setFailure, taken } = failingHttp.make({
    clock,
    limited: 'trace_metric_byte',
    valuesOf,
  })
  // Envelopes wait, and some are dropped.
  const config = decoded({ concurrency: 1, maxQueueItems: 2, routes: ROUTES })
  const { exporter, running } = openedWith(http, clock, config)
  const calls: Array<Promise<unknown>> = []
  let [given, items] = [0, 0]
  const isExact = (): void => {
    const outcome = exporter.outcome()
    assert.equal([outcome.metricsIn, accounted(outcome)], [given, items])
  }
  const give = (count: number, tenant: string): void => {
    const values = upTo(count).map((n) => (n % 7 === 3 ? -1 : given + n))
    given += count
    items += made(values)
    calls.push(exporter.exportInput(inputOf(gauge(values, tenant))))
  }
  for (const one of steps) {
    if (one._tag === 'Http') setFailure(one.failure)
    else if (one._tag === 'Wait') await clock.advance(one.millis)
    else if (one._tag === 'Change') running.metrics.change(stepsOf(config))
    else if (one._tag === 'Flush') calls.push(exporter.flush(1_000, one.scope))
    else give(one.count, one.tenant)
    isExact()
    await clock.advance(0)
    isExact()
  }
  const ending = exporter.shutdown(1_000)
  await clock.advance(10_000)
  const total = await ending
  await Promise.all(calls)
  isExact()
  assert.is(total.waitingMetrics, 0)
  // No metric is sent again that the server may have.
  assert.is(new Set(taken).size, taken.length)
  assert.is(clock.pending(), 0)
  const { droppedMetrics } = await exporter.exportInput(inputOf(gauge([1, 2])))
  assert.equal(droppedMetrics, { shutdown: 2 })
}

histories('law: each item is delivered, dropped, unrouted or waits; none is sent twice', () =>
  fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), check), { numRuns: 100 }),
)

histories('law: the items of a project arrive in their order', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 1_500 }), { maxLength: 5 }), async (counts) => {
      const { exporter, requests } = opened({ concurrency: 1 })
      let given = 0
      for (const count of counts) {
        const first = given
        given += count
        await exporter.exportInput(inputOf(gauge(upTo(count).map((n) => (first + n) / 100_000))))
      }
      await exporter.shutdown(1_000)
      const values = valuesOf(requests)
      assert.ok(isSorted(values))
      assert.is(values.length, given)
    }),
    { numRuns: 20 },
  ),
)

histories.run()
