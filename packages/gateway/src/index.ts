/** OTLP receivers with the configuration of the OpenTelemetry Collector, in front of the exporter for Sentry. */

export type * as ReceiverConfig from './config/ReceiverConfig.ts'
export type * as Accept from './receiver/Accept.ts'
