/**
 * The services of OTLP/gRPC, whose messages stay bytes. Source: github.com/open-telemetry/opentelemetry-proto,
 * `opentelemetry/proto/collector`.
 */
import type { MethodDefinition } from '@grpc/grpc-js'
import type { OtlpSignal } from '../Accept.ts'

// model

type BytesMethod = MethodDefinition<Buffer, Buffer>

const PACKAGE = 'opentelemetry.proto.collector'

/** The path of the one method of each service. */
const paths: Readonly<Record<OtlpSignal, string>> = {
  traces: `/${PACKAGE}.trace.v1.TraceService/Export`,
  logs: `/${PACKAGE}.logs.v1.LogsService/Export`,
  metrics: `/${PACKAGE}.metrics.v1.MetricsService/Export`,
}

// constructors

const identity = (bytes: Buffer): Buffer => bytes

const method = (path: string): BytesMethod => ({
  path,
  requestStream: false,
  responseStream: false,
  requestSerialize: identity,
  requestDeserialize: identity,
  responseSerialize: identity,
  responseDeserialize: identity,
})

/** By the name of the handler. */
export const definition: Readonly<Record<OtlpSignal, BytesMethod>> = {
  traces: method(paths.traces),
  logs: method(paths.logs),
  metrics: method(paths.metrics),
}

// destructors

export const signalOfPath = (path: string): OtlpSignal | undefined => {
  if (path === paths.traces) return 'traces'
  if (path === paths.logs) return 'logs'
  return path === paths.metrics ? 'metrics' : undefined
}
