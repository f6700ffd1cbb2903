/** An HTTP server with `NodeSDK` and its instrumentation for HTTP, and an exporter that is measured. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { trace } from '@opentelemetry/api'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { NodeSDK } from '@opentelemetry/sdk-node'
import {
  BatchSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { SentrySpanExporter, SentrySpanProcessor } from '@sentry-exporter/opentelemetry/node'
import * as LoopDelay from './LoopDelay.ts'
import { requestSpans, SPANS_OF_REPORT, SPANS_OF_REQUEST } from './requestSpans.ts'

// model

export const exporters = ['no-op', 'processor', 'exporter'] as const

export type LoadedExporter = (typeof exporters)[number]

export interface LoadedApplication {
  readonly port: number
  /** Its use since the last call. */
  readonly take: () => ApplicationUse
  /** Ends the SDK. */
  readonly shutdown: () => Promise<ApplicationEnd>
}

export interface ApplicationUse extends LoopDelay.LoopDelays {
  readonly spans: number
  /** Of all threads of the process. */
  readonly cpuMicros: number
}

export interface ApplicationEnd {
  readonly spans: number
  /** As the exporter has counted them: `undefined` for the one that does nothing. */
  readonly spansIn: number | undefined
  readonly waiting: number | undefined
}

interface Measured {
  readonly processor: SpanProcessor
  readonly outcome: () => { readonly spansIn: number; readonly waiting: number } | undefined
}

export const REPORT_PATH = '/report'

// running

export const startApplication = async (
  exporter: LoadedExporter,
  dsn: string,
): Promise<LoadedApplication> => {
  const { processor, outcome } = measured(exporter, dsn)
  const sdk = new NodeSDK({
    serviceName: 'shop',
    spanProcessors: [processor],
    instrumentations: [new HttpInstrumentation()],
  })
  sdk.start()
  const tracer = trace.getTracer('shop')
  let [requests, spans, taken] = [0, 0, 0]
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isReport = request.url === REPORT_PATH
    try {
      await requestSpans(tracer, { number: requests++, isReport })
    } catch {
      response.statusCode = 500
    }
    spans += isReport ? SPANS_OF_REPORT : SPANS_OF_REQUEST
    response.end('{"state":"done"}')
  }
  const port = await listening((request, response) => void answer(request, response))
  const delay = LoopDelay.start()
  let cpu = process.cpuUsage()
  return {
    port,
    take: () => {
      const { user, system } = process.cpuUsage(cpu)
      const use = { ...delay.take(), spans: spans - taken, cpuMicros: user + system }
      cpu = process.cpuUsage()
      taken = spans
      return use
    },
    shutdown: async () => {
      await sdk.shutdown()
      delay.stop()
      return { spans, spansIn: outcome()?.spansIn, waiting: outcome()?.waiting }
    },
  }
}

/** The module is loaded when the instrumentation waits for it. */
const listening = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> => {
  // The type of the module, which `require` does not know.
  const http = createRequire(import.meta.url)('node:http') as typeof import('node:http')
  const server: Server = http.createServer(answer)
  // A connection that ends just when a request is sent on it would be an error of the sender.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a server that listens on a port.
  const { port } = server.address() as AddressInfo
  return port
}

const measured = (exporter: LoadedExporter, dsn: string): Measured => {
  switch (exporter) {
    case 'no-op':
      return { processor: new BatchSpanProcessor(NO_OP), outcome: () => undefined }
    case 'processor': {
      const sentry = new SentrySpanProcessor({ dsn })
      return { processor: sentry, outcome: () => sentry.outcome() }
    }
    case 'exporter': {
      const sentry = new SentrySpanExporter({ dsn })
      return { processor: new BatchSpanProcessor(sentry), outcome: () => sentry.outcome() }
    }
  }
}

const NO_OP: SpanExporter = {
  export: (_spans, callback) => callback({ code: 0 }),
  shutdown: () => Promise.resolve(),
}
