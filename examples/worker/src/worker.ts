/**
 * A Cloudflare Worker with OpenTelemetry's SDK. Each request is a trace; `waitUntil` keeps the Worker alive until Sentry has it. Cloudflare's
 * built-in tracing takes no JavaScript exporter: for it, send its OTLP to the gateway.
 */
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { SentrySpanProcessor } from '@sentry-exporter/opentelemetry/fetch'

// model

export interface Env {
  readonly SENTRY_DSN: string
}

/** The part of the runtime's execution context that is used. */
export interface Context {
  /** Keeps the Worker alive until the promise is settled. */
  waitUntil(work: Promise<unknown>): void
}

export interface Worker {
  fetch(request: Request, env: Env, context: Context): Promise<Response>
}

// running

const answer = (request: Request, tracer: Tracer): Response =>
  tracer.startActiveSpan(`${request.method} /`, { kind: SpanKind.SERVER }, (span) => {
    try {
      const { pathname } = new URL(request.url)
      if (pathname === '/fail') throw new TypeError('nothing is here')
      return new Response(`hello from ${pathname}`)
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      return new Response('sorry', { status: 500 })
    } finally {
      span.end()
    }
  })

const worker: Worker = {
  fetch: async (request, env, context) => {
    // One provider for each request: in Workers nothing of one request may be awaited in another.
    const sentry = new SentrySpanProcessor({ env })
    const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
    const response = answer(request, provider.getTracer('worker'))
    context.waitUntil(provider.shutdown().then(() => console.log(JSON.stringify(sentry.outcome()))))
    return response
  },
}

/** Workers need a default export. Lint allows it for this file only. */
export default worker
