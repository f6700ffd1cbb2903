/** OTLP receivers with the configuration of the OpenTelemetry Collector, in front of the exporter for Sentry. */

export * as ConfigProblem from './config/ConfigProblem.ts'
export * as GatewayConfig from './config/GatewayConfig.ts'
export type * as ReceiverConfig from './config/ReceiverConfig.ts'
export * as Gateway from './Gateway.ts'
export * as Processor from './processor/Processor.ts'
export type * as Accept from './receiver/Accept.ts'
export * as GrpcReceiver from './receiver/GrpcReceiver.ts'
export * as HttpReceiver from './receiver/HttpReceiver.ts'
export * as Listener from './receiver/Listener.ts'
export * as Budget from './receiver/memory/Budget.ts'
export * as Observe from './receiver/Observe.ts'
export * as ReceiverDefaults from './receiver/ReceiverDefaults.ts'
