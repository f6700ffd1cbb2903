/** The statements of `docs/errors.md` about a program that uses a Sentry SDK beside OpenTelemetry, with the real SDK. */
import { trace } from '@opentelemetry/api'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { registerExternalPropagationContext } from '@sentry/core'
import * as Sentry from '@sentry/node'
import * as Sink from '@sentry-exporter/cli/Sink'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { Exporter } from '@sentry-exporter/exporter'
import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

interface Event {
  readonly contexts: { readonly trace: { readonly trace_id: string; readonly span_id: string } }
  readonly exception?: { readonly values: ReadonlyArray<{ readonly value: string }> }
  readonly sdk: { readonly name: string }
  readonly type?: string
}

const sdk = suite('a Sentry SDK beside OpenTelemetry')

sdk('its errors belong to the spans that the exporter sends, and are not sent twice', async () => {
  const events: Array<Event> = []
  const sink = await Sink.open({
    port: 0,
    onEnvelope: ({ items }: Envelope.Envelope) => {
      for (const { header, payload } of items) {
        if (header.type === 'event' || header.type === 'transaction') {
          events.push(JSON.parse(Utf8.decode(payload)))
        }
      }
    },
    page: () => '',
  })
  const provider = new NodeTracerProvider()
  provider.register()
  Sentry.init({ dsn: sink.dsn })
  registerExternalPropagationContext(() => trace.getActiveSpan()?.spanContext())
  try {
    const place = await trace.getTracer('shop').startActiveSpan('work', async (span) => {
      // The scope of the SDK must be found again after it was waited for something.
      await new Promise((resolve) => setTimeout(resolve, 5))
      Sentry.captureException(new Error('no tea'))
      span.end()
      return span.spanContext()
    })
    await Sentry.flush(5_000)
    // OpenTelemetry would send this of the same span: it recorded the exception too.
    const exporter = Exporter.open({ dsn: sink.dsn, errors: 'none' }, nodeHttp())
    await exporter.exportOtlp(
      JSON.stringify({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    ...place,
                    name: 'work',
                    startTimeUnixNano: '1700000000000000000',
                    endTimeUnixNano: '1700000001000000000',
                    status: { code: 2 },
                    events: [
                      {
                        name: 'exception',
                        attributes: [
                          { key: 'exception.message', value: { stringValue: 'no tea' } },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      }),
    )
    await exporter.shutdown(5_000)
    const [errors, transactions] = [
      events.filter(({ type }) => type !== 'transaction'),
      events.filter(({ type }) => type === 'transaction'),
    ]
    assert.equal([errors.length, transactions.length], [1, 1])
    const [error] = errors
    assert.is(error?.sdk.name, 'sentry.javascript.node')
    assert.is(error?.exception?.values[0]?.value, 'no tea')
    for (const one of events) {
      assert.is(one.contexts.trace.trace_id, place.traceId)
      assert.is(one.contexts.trace.span_id, place.spanId)
    }
  } finally {
    await Sentry.close(1_000)
    await provider.shutdown()
    await sink.close()
  }
})

sdk.run()
