/**
 * Starts OpenTelemetry. It must run before the application is loaded, since instrumentations replace functions of the modules that are
 * loaded later. The hook is for modules that are imported, and not required.
 */
import { register } from 'node:module'
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { SentrySpanProcessor } from '@sentry-exporter/opentelemetry/node'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)

/** Reads `SENTRY_DSN`, `SENTRY_ENVIRONMENT` and `OTEL_SERVICE_NAME`. */
export const sentry: SentrySpanProcessor = new SentrySpanProcessor()

export const sdk: NodeSDK = new NodeSDK({
  spanProcessors: [sentry],
  instrumentations: [getNodeAutoInstrumentations()],
})

sdk.start()
