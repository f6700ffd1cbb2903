/** A real process that ends as soon as `forceFlush` has resolved. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as SentryServer from './sentryServer.ts'

const program = (processor: string): string => `
import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { SentrySpanExporter, SentrySpanProcessor } from '@sentry-exporter/opentelemetry/node'

const provider = new BasicTracerProvider({ spanProcessors: [${processor}] })
const tracer = provider.getTracer('test')
for (let n = 0; n < 20; n++) {
  const root = tracer.startSpan('work')
  tracer.startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
  root.end()
}
await provider.forceFlush()
process.exit(0)
`

const ends = suite('a process that ends right after forceFlush')

for (const processor of [
  'new SentrySpanProcessor()',
  'new BatchSpanProcessor(new SentrySpanExporter())',
]) {
  ends(`loses nothing with ${processor}, at a server that answers after 300 ms`, async () => {
    const sentry = await SentryServer.open({ delayMillis: 300 })
    try {
      const { stderr } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', program(processor)],
        {
          cwd: join(import.meta.dirname, '..'),
          env: { PATH: process.env['PATH'], SENTRY_DSN: sentry.dsn },
          timeout: 600_000,
        },
      )
      assert.is(stderr, '')
      assert.is(sentry.spans(), 40)
      assert.is(sentry.transactions().length, 20)
    } finally {
      await sentry.close()
    }
  })
}

ends.run()
