/**
 * From OpenTelemetry's JavaScript SDK to Sentry: the parts that need no runtime. The classes are in `@sentry-exporter/opentelemetry/node` and
 * `@sentry-exporter/opentelemetry/fetch`.
 */
export * as SpanReader from './readable/SpanReader.ts'
export { type PropagatorOptions, SentryPropagator } from './SentryPropagator.ts'
