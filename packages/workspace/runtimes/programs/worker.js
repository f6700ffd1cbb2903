/** A Worker that otel-cf-workers instruments, which wraps the global fetch at the first request, and the span processor. */

import { instrument } from '@microlabs/otel-cf-workers'
import { trace } from '@opentelemetry/api'

/** The names and addresses of all spans so far. */
const started = []

const witness = {
  onStart: ({ name, attributes }) => {
    started.push([name, attributes['url.full'] ?? attributes['http.url'] ?? null])
  },
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
}

/** Passes everything to the processor of `make`, which may be made after the instrumentation. */
const later = (sentry) => ({
  onStart: (...args) => sentry()?.onStart(...args),
  onEnd: (...args) => sentry()?.onEnd(...args),
  forceFlush: async (...args) => sentry()?.forceFlush(...args),
  shutdown: async (...args) => sentry()?.shutdown(...args),
})

/** `make` gives the processor for the bindings of the Worker. */
export const worker = (make) => {
  let sentry
  const handler = {
    fetch: async (request, { APP }) => {
      const { pathname } = new URL(request.url)
      const tracer = trace.getTracer('worker')
      if (pathname === '/work') {
        await tracer.startActiveSpan('work', async (span) => {
          await (await fetch(APP)).text()
          span.end()
        })
      }
      if (pathname === '/timer') {
        // A trace of its own, which ends long before the request, and therefore before its flush.
        const delivered = () => sentry.outcome().delivered.transactions
        const before = delivered()
        tracer.startSpan('alone', { root: true }).end()
        for (let i = 0; i < 100 && delivered() === before; i++) await scheduler.wait(50)
        return new Response(`${delivered() - before} delivered by a timer`)
      }
      return new Response('done')
    },
  }
  const config = () => ({
    service: { name: 'worker' },
    spanProcessors: [witness, later(() => sentry)],
  })
  const instrumented = instrument(handler, config)
  return {
    fetch: async (request, env, context) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/started') return Response.json(started)
      if (pathname === '/outcome') return Response.json(sentry.outcome())
      if (pathname !== '/warm') sentry ??= await make(env)
      return instrumented.fetch(request, env, context)
    },
  }
}
