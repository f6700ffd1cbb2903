import { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Recorded from '../../src/Recorded.ts'

const YAML = `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'http://key@sentry.example.com/1' } }
service:
  telemetry: { logs: { level: error }, metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

interface Replica {
  readonly send: (body: string) => Promise<void>
  /** The ids of the transactions with those of their spans, and of the errors. */
  readonly end: () => Promise<ReadonlyArray<string>>
}

const startReplica = async (): Promise<Replica> => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const sources = { configs: [`yaml:${YAML}`], sets: [], dsn: undefined }
  const loaded = await GatewayConfig.load(sources, GatewayConfig.liveCapabilities)
  if (E.isLeft(loaded)) throw new Error('an invalid configuration')
  const started = await Gateway.start(loaded.right.config, {
    ...Gateway.liveCapabilities,
    makeHttp: () => http,
  })
  if (E.isLeft(started)) throw new Error('it did not start')
  const address = started.right.listening[0]?.address
  if (address?._tag !== 'Tcp') throw new Error('it does not listen')
  return {
    send: async (body) => {
      const url = `http://127.0.0.1:${address.port}/v1/traces`
      const headers = { 'content-type': 'application/json' }
      const { status } = await fetch(url, { method: 'POST', headers, body })
      assert.is(status, 200)
    },
    end: async () => {
      await started.right.stop()
      const read = EnvelopeReader.read(requests.map(({ body }) => body))
      return [
        ...read.transactions.map(({ eventId, spans }) =>
          [eventId, ...spans.map(({ spanId }) => spanId)].join(' '),
        ),
        ...read.errors,
      ]
    },
  }
}

interface SpanText {
  readonly traceId: string
}

interface RequestText {
  readonly resourceSpans: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<SpanText> }>
  }>
}

/** The spans of a request that belong to one of two replicas, by their trace, as the Collector's `loadbalancing` exporter splits. */
const partOf = (body: string, replica: number): string => {
  // A recorded request has this form.
  const request = JSON.parse(body) as RequestText
  return JSON.stringify({
    resourceSpans: request.resourceSpans.map((resource) => ({
      ...resource,
      scopeSpans: resource.scopeSpans.map((scope) => ({
        ...scope,
        spans: scope.spans.filter(
          ({ traceId }) => Number.parseInt(traceId.slice(-1), 16) % 2 === replica,
        ),
      })),
    })),
  })
}

const replicas = suite('Gateway: replicas')

for (const recording of Recorded.all) {
  replicas(
    `two behind a splitter by trace give the transactions of one: ${recording.name}`,
    async () => {
      const [one, first, second] = await Promise.all([
        startReplica(),
        startReplica(),
        startReplica(),
      ])
      for (const body of Recorded.bodies(recording)) {
        await one.send(body)
        await first.send(partOf(body, 0))
        await second.send(partOf(body, 1))
      }
      const [whole, ...parts] = await Promise.all([one.end(), first.end(), second.end()])
      assert.ok(whole.length > 5)
      assert.ok(parts.every(({ length }) => length > 0))
      assert.equal(parts.flat().sort(), [...whole].sort())
    },
  )
}

replicas.run()
