import { Exporter } from '@sentry-exporter/exporter'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { systemClock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/pipeline/acceptFor.ts'
import type { GatewayPipeline } from '../../src/pipeline/GatewayPipeline.ts'
import * as WatchedHttp from '../../src/pipeline/WatchedHttp.ts'
import type { ReceivedRequest, ReceiverAnswer } from '../../src/receiver/Accept.ts'

const spanText = (id: string): string =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [{ spans: [{ traceId: id.repeat(32), spanId: id.repeat(16), name: 'work' }] }],
      },
    ],
  })

const request = (text: string, signal: ReceivedRequest['signal'] = 'traces'): ReceivedRequest => ({
  signal,
  encoding: 'json',
  body: new TextEncoder().encode(text),
})

const never: Http.Http = () => () => new Promise(() => undefined)

interface TestExporter {
  readonly id: string
  readonly exporter: Exporter
}

const running = (id: string, http: Http.Http, options: object = {}): TestExporter => {
  const clock = systemClock
  const watched = WatchedHttp.watch(http, clock, () => undefined)
  const config = { dsn: 'https://key@host/1', overflow: 'block', warn: false, ...options } as const
  return { id, exporter: Exporter.open(config, watched.http, clock) }
}

const pipeline = (
  exporters: ReadonlyArray<TestExporter>,
  fields: Partial<GatewayPipeline> = {},
): GatewayPipeline => ({
  id: 'traces',
  signal: 'traces',
  receivers: ['otlp'],
  process: (input) => input,
  exporters,
  ...fields,
})

const wiring = (
  pipelines: ReadonlyArray<GatewayPipeline>,
  fields: Partial<_.AcceptWiring> = {},
): _.AcceptWiring => ({
  receiver: 'otlp',
  pipelines: () => pipelines,
  random: () => 0,
  isEnding: () => false,
  onRead: () => undefined,
  ...fields,
})

const accept = suite('acceptFor')

accept('gives a request to each exporter of each pipeline of the receiver', async () => {
  const [a, b, other] = ['a', 'b', 'other'].map((id) =>
    running(id, recordingHttp.make(() => recordingHttp.answering(200)).http),
  ) as [TestExporter, TestExporter, TestExporter]
  const read: Array<_.SeenItems> = []
  const take = _.acceptFor(
    wiring([pipeline([a]), pipeline([b]), pipeline([other], { receivers: ['otlp/2'] })], {
      onRead: (seen) => read.push(seen),
    }),
  )
  assert.equal(await take(request(spanText('1'))), { _tag: 'Accepted', rejected: 0, message: '' })
  assert.equal(read, [{ receiver: 'otlp', signal: 'traces', accepted: 1, rejected: 0 }])
  const counts = [a, b, other].map(({ exporter }) => exporter.outcome().spansIn)
  assert.equal(counts, [1, 1, 0])
  await Promise.all([a, b, other].map(({ exporter }) => exporter.shutdown(0)))
})

const metricsText = JSON.stringify({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            { name: 'jobs', gauge: { dataPoints: [{ asInt: '1' }, { asInt: 'x' }] } },
            { name: 'size', gauge: { dataPoints: [{ asInt: '2' }, { asInt: '3' }] } },
          ],
        },
      ],
    },
  ],
})

accept('gives metrics to the pipelines of metrics, and counts their points', async () => {
  const [a, b] = ['a', 'b'].map((id) =>
    running(id, recordingHttp.make(() => recordingHttp.answering(200)).http),
  ) as [TestExporter, TestExporter]
  const read: Array<_.SeenItems> = []
  const pipelines = [pipeline([a], { id: 'metrics', signal: 'metrics' }), pipeline([b])]
  const take = _.acceptFor(wiring(pipelines, { onRead: (seen) => read.push(seen) }))
  const answer = await take(request(metricsText, 'metrics'))
  assert.ok(answer._tag === 'Accepted' && answer.rejected === 1)
  assert.match(answer._tag === 'Accepted' ? answer.message : '', 'dataPoints[1].asInt')
  assert.equal(read, [{ receiver: 'otlp', signal: 'metrics', accepted: 3, rejected: 1 }])
  assert.equal(
    [a, b].map(({ exporter }) => exporter.outcome().metricsIn),
    [4, 0],
  )
  const { delivered, rejected } = await a.exporter.shutdown(1_000)
  assert.equal([delivered.metrics, rejected.invalid_metric], [3, 1])
  await b.exporter.shutdown(0)
})

accept('refuses metrics while a queue is full', async () => {
  const full = running('full', never, { maxQueueItems: 1, concurrency: 1 })
  const pipelines = [pipeline([full]), pipeline([full], { id: 'metrics', signal: 'metrics' })]
  const take = _.acceptFor(wiring(pipelines))
  for (const id of ['1', '2']) await take(request(spanText(id)))
  assert.is((await take(request(metricsText, 'metrics')))._tag, 'Busy')
  assert.is(take.refuse?.('metrics')?._tag, 'Busy')
  assert.is(full.exporter.outcome().metricsIn, 0)
  await full.exporter.shutdown(0)
})

accept('refuses as a whole while one queue is full, and takes the repetition once', async () => {
  const open = recordingHttp.make(() => recordingHttp.answering(200))
  const a = running('a', open.http)
  const full = running('full', never, { maxQueueItems: 1, concurrency: 1 })
  const take = _.acceptFor(wiring([pipeline([a, full])], { random: () => 0.99 }))
  const first: Array<ReceiverAnswer> = []
  for (const id of ['1', '2', '3']) first.push(await take(request(spanText(id))))
  assert.equal(
    first.map(({ _tag }) => _tag),
    ['Accepted', 'Accepted', 'Busy'],
  )
  const busy = first[2]
  assert.ok(busy?._tag === 'Busy' && busy.retryAfterSeconds === 5)
  assert.match(busy?.message ?? '', 'full')
  assert.equal(take.refuse?.('traces'), busy)
  // No part of the refused request was taken by the other exporter.
  assert.is(a.exporter.outcome().spansIn, 2)
  await Promise.all([a, full].map(({ exporter }) => exporter.shutdown(0)))
})

accept('sends a repeated request once', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const a = running('a', recording.http)
  const take = _.acceptFor(wiring([pipeline([a])]))
  await take(request(spanText('1')))
  await take(request(spanText('1')))
  const outcome = await a.exporter.shutdown(1_000)
  assert.is(outcome.delivered.spans, 1)
  assert.equal(outcome.rejected.duplicate, 1)
})

accept('applies the processors of a pipeline before its exporters', async () => {
  const a = running('a', recordingHttp.make(() => recordingHttp.answering(200)).http)
  const process: GatewayPipeline['process'] = (input) => ({
    ...input,
    batch: { ...input.batch, spans: [] },
  })
  await _.acceptFor(wiring([pipeline([a], { process })]))(request(spanText('1')))
  assert.is(a.exporter.outcome().spansIn, 0)
  await a.exporter.shutdown(0)
})

accept(
  'refuses what it cannot read, what no pipeline takes, and everything at the end',
  async () => {
    const a = running('a', recordingHttp.make(() => recordingHttp.answering(200)).http)
    let isEnding = false
    const take = _.acceptFor(wiring([pipeline([a])], { isEnding: () => isEnding }))
    assert.equal((await take(request('{')))._tag, 'Invalid')
    assert.equal((await take(request('{}', 'logs')))._tag, 'NoPipeline')
    assert.equal(take.refuse?.('logs'), await take(request('{}', 'logs')))
    assert.equal(take.refuse?.('metrics'), {
      _tag: 'NoPipeline',
      message: 'no pipeline takes metrics of otlp',
    })
    assert.is(take.refuse?.('traces'), undefined)
    isEnding = true
    assert.equal((await take(request(spanText('1'))))._tag, 'Busy')
    assert.is(take.refuse?.('traces')?._tag, 'Busy')
    assert.is(a.exporter.outcome().spansIn, 0)
    await a.exporter.shutdown(0)
  },
)

accept.run()
