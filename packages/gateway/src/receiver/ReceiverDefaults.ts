/** The settings of receivers without a configuration: those of the Collector, and a limit for the time of a request. */
import type { GrpcReceiverConfig, HttpReceiverConfig } from '../config/ReceiverConfig.ts'

const MAX_REQUEST_BYTES = 20 * 1024 * 1024

const ONE_MINUTE_MILLIS = 60_000

export const http: HttpReceiverConfig = {
  endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 4318 },
  tracesPath: '/v1/traces',
  logsPath: '/v1/logs',
  metricsPath: '/v1/metrics',
  maxRequestBodyBytes: MAX_REQUEST_BYTES,
  compressionAlgorithms: [],
  readTimeoutMillis: ONE_MINUTE_MILLIS,
  readHeaderTimeoutMillis: ONE_MINUTE_MILLIS,
  idleTimeoutMillis: ONE_MINUTE_MILLIS,
  maxConnections: 0,
  keepAlive: true,
  responseHeaders: [],
  cors: undefined,
  tls: undefined,
  auth: undefined,
}

export const grpc: GrpcReceiverConfig = {
  endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 4317 },
  maxReceiveMessageBytes: MAX_REQUEST_BYTES,
  maxConcurrentStreams: undefined,
  keepalive: {
    maxConnectionIdleMillis: undefined,
    maxConnectionAgeMillis: undefined,
    maxConnectionAgeGraceMillis: undefined,
    timeMillis: undefined,
    timeoutMillis: undefined,
    enforcementMinMillis: undefined,
    permitWithoutStream: false,
  },
  tls: undefined,
  auth: undefined,
}
