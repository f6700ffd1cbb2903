/** The exporters of the OpenTelemetry SDK for JavaScript deliver to the receivers. */
import { context, trace } from '@opentelemetry/api'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPTraceExporter as GrpcTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReceivedRequest, ReceiverAnswer } from '../../src/receiver/Accept.ts'
import { accepted, openGrpc, openHttp, type Recording } from './recording.ts'

const SPANS = 20

/** One trace of a root and its children. */
const sendSpans = async (exporter: SpanExporter): Promise<void> => {
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  const tracer = provider.getTracer('test')
  const root = tracer.startSpan('root')
  const inRoot = trace.setSpan(context.active(), root)
  for (let i = 1; i < SPANS; i++) tracer.startSpan(`child ${i}`, {}, inRoot).end()
  root.end()
  await provider.forceFlush()
  await provider.shutdown()
}

const spansIn = (requests: ReadonlyArray<ReceivedRequest>): number =>
  requests.reduce((total, { body, encoding }) => {
    const parsed = OtlpBytes.parse(body, encoding)
    return total + (parsed._tag === 'Right' ? parsed.right.batch.spans.length : 0)
  }, 0)

type Compression = 'none' | 'gzip'

interface Producer {
  readonly name: string
  /** That of gRPC repeats nothing in version 0.223, whatever the status is. */
  readonly repeats: boolean
  readonly open: (answer?: () => ReceiverAnswer) => Promise<Recording>
  readonly exporter: (port: number, compression: Compression) => SpanExporter
}

// The exporters declare an enum with these values in a package that is not a dependency of this one.
const withCompression = (compression: Compression): object => ({ compression })

const producers: ReadonlyArray<Producer> = [
  {
    name: 'exporter-trace-otlp-http',
    repeats: true,
    open: (answer) => openHttp({}, answer),
    exporter: (port, compression) =>
      new JsonTraceExporter({
        url: `http://127.0.0.1:${port}/v1/traces`,
        ...withCompression(compression),
      }),
  },
  {
    name: 'exporter-trace-otlp-proto',
    repeats: true,
    open: (answer) => openHttp({}, answer),
    exporter: (port, compression) =>
      new ProtoTraceExporter({
        url: `http://127.0.0.1:${port}/v1/traces`,
        ...withCompression(compression),
      }),
  },
  {
    name: 'exporter-trace-otlp-grpc',
    repeats: false,
    open: (answer) => openGrpc({}, answer),
    exporter: (port, compression) =>
      new GrpcTraceExporter({ url: `http://127.0.0.1:${port}`, ...withCompression(compression) }),
  },
]

const delivery = suite('receivers: exporters of the SDK for JavaScript')

for (const { name, repeats, open, exporter } of producers) {
  for (const compression of ['none', 'gzip'] as const) {
    delivery(`${name} with compression ${compression} delivers every span`, async () => {
      const receiver = await open()
      await sendSpans(exporter(receiver.port, compression))
      assert.is(spansIn(receiver.requests), SPANS)
      await receiver.listener.close(1_000)
    })
  }

  const verb = repeats ? 'repeats' : 'does not repeat'
  delivery(`${name} ${verb} a request that was refused under pressure`, async () => {
    let calls = 0
    const receiver = await open(() => {
      calls++
      return calls === 1 ? { _tag: 'Busy', retryAfterSeconds: 1, message: 'full' } : accepted
    })
    await sendSpans(exporter(receiver.port, 'none')).catch(() => undefined)
    const [first, second] = receiver.requests
    assert.is(receiver.requests.length, repeats ? 2 : 1)
    if (repeats) assert.equal(first?.body, second?.body)
    await receiver.listener.close(1_000)
  })

  delivery(`${name} does not repeat a request that cannot be read`, async () => {
    const receiver = await open(() => ({ _tag: 'Invalid', message: 'bad' }))
    await sendSpans(exporter(receiver.port, 'none')).catch(() => undefined)
    assert.is(receiver.requests.length, 1)
    await receiver.listener.close(1_000)
  })
}

delivery('exporter-logs-otlp-http delivers log records', async () => {
  const receiver = await openHttp()
  const exporter = new OTLPLogExporter({ url: `http://127.0.0.1:${receiver.port}/v1/logs` })
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] })
  provider.getLogger('test').emit({ body: 'hello' })
  await provider.forceFlush()
  await provider.shutdown()
  assert.is(receiver.requests[0]?.signal, 'logs')
  assert.match(Buffer.from(receiver.requests[0]?.body ?? []).toString(), 'hello')
  await receiver.listener.close(1_000)
})

delivery.run()
