/** OTLP receivers with the configuration of the OpenTelemetry Collector, in front of the exporter for Sentry. */

export * as ConfigProblem from './config/ConfigProblem.ts'
export * as GatewayConfig from './config/GatewayConfig.ts'
export type * as ReceiverConfig from './config/ReceiverConfig.ts'
export * as Processor from './processor/Processor.ts'
export type * as Accept from './receiver/Accept.ts'
