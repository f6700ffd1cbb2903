import { Exporter, Outcome } from '@sentry-exporter/exporter'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { GATEWAY_DEFAULTS } from '../../src/config/component/exporterOptions.ts'
import * as _ from '../../src/pipeline/acceptFor.ts'
import type { GatewayPipeline } from '../../src/pipeline/GatewayPipeline.ts'
import * as WatchedHttp from '../../src/pipeline/WatchedHttp.ts'

const MINUTE_MILLIS = 60_000

const MAX_QUEUE_ITEMS = 200

const body = (n: number): Uint8Array => {
  const span = (id: string, parentSpanId?: string): object => ({
    traceId: String(n).padStart(32, '0'),
    spanId: id.repeat(16),
    parentSpanId,
    name: 'work',
    kind: parentSpanId === undefined ? 2 : 1,
  })
  const spans = [span('1'), span('2', '1'.repeat(16))]
  return new TextEncoder().encode(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
}

const outage = suite('acceptFor: Sentry down for half an hour')

outage(
  'refuses when the queue is full, holds to its bounds, and counts every span that it took',
  async () => {
    const clock = FakeClock.make()
    let isDown = false
    const http: Http.Http = () => async () =>
      isDown
        ? E.left(TransportError.unreachable('refused'))
        : E.right({ status: 200, header: () => undefined })
    const watched = WatchedHttp.watch(http, clock, () => undefined)
    const exporter = Exporter.open(
      {
        dsn: 'https://key@host/1',
        ...GATEWAY_DEFAULTS,
        maxQueueItems: MAX_QUEUE_ITEMS,
        warn: false,
      },
      watched.http,
      clock,
    )
    const pipelines: ReadonlyArray<GatewayPipeline> = [
      {
        id: 'traces',
        signal: 'traces',
        receivers: ['otlp'],
        process: (input) => input,
        exporters: [{ id: 'sentry', exporter }],
      },
    ]
    const accept = _.acceptFor({
      receiver: 'otlp',
      pipelines: () => pipelines,
      random: () => 0,
      isEnding: () => false,
      onRead: () => undefined,
    })
    let [taken, busy, sent] = [0, 0, 0]
    let largest = 0
    const second = async (): Promise<void> => {
      const answer = await accept({ signal: 'traces', encoding: 'json', body: body(++sent) })
      if (answer._tag === 'Accepted') taken++
      else busy++
      await clock.advance(1_000)
      const { envelopes, spans } = exporter.backlog()
      largest = Math.max(largest, envelopes + spans)
    }
    const minutes = async (count: number): Promise<void> => {
      for (let i = 0; i < (count * MINUTE_MILLIS) / 1_000; i++) await second()
    }
    await minutes(1)
    assert.is(busy, 0)
    isDown = true
    await minutes(30)
    assert.ok(busy > 0)
    assert.ok(watched.isDown())
    // Beyond the bound of the queue there is what waited for the rest of its trace when it became full: 7 seconds.
    assert.ok(largest <= MAX_QUEUE_ITEMS + 2 * 10, String(largest))
    isDown = false
    await minutes(5)
    const busyBefore = busy
    await minutes(1)
    assert.is(busy, busyBefore)
    assert.not.ok(exporter.backlog().isFull)
    const ending = exporter.shutdown(MINUTE_MILLIS)
    await clock.advance(MINUTE_MILLIS)
    const total = await ending
    assert.is(total.spansIn, 2 * taken, Outcome.show(total))
    assert.equal([total.delivered.spans, total.dropped], [total.spansIn, {}], Outcome.show(total))
  },
)

outage.run()
