/** When a change of a key of a receiver, or of the health check, has effect. Requests under way keep the settings of their head. */
import type { HealthCheckConfig } from '../config/component/healthCheck.ts'
import type {
  GrpcReceiverConfig,
  HttpReceiverConfig,
  OtlpReceiverConfig,
  TlsConfig,
} from '../config/ReceiverConfig.ts'
import * as KeyRule from './KeyRule.ts'

// model

const { applies, record, restart, secret } = KeyRule

// constructors

/** Of new connections. Files are read again by every reload, also if their paths are the same. */
const tls: KeyRule.KeyRules<TlsConfig> = {
  cert: secret(applies('cert_file')),
  key: secret(applies('key_file')),
  // Whether clients must show a certificate is decided when a server is made.
  clientCa: { key: 'client_ca_file', effect: 'applies', presence: 'restart', isSecret: true },
  minVersion: applies('min_version'),
  maxVersion: applies('max_version'),
}

const http: KeyRule.KeyRules<HttpReceiverConfig> = {
  endpoint: restart('endpoint'),
  tracesPath: applies('traces_url_path'),
  logsPath: applies('logs_url_path'),
  metricsPath: applies('metrics_url_path'),
  maxRequestBodyBytes: applies('max_request_body_size'),
  compressionAlgorithms: applies('compression_algorithms'),
  readTimeoutMillis: applies('read_timeout'),
  readHeaderTimeoutMillis: applies('read_header_timeout'),
  idleTimeoutMillis: applies('idle_timeout'),
  maxConnections: applies('max_connections'),
  keepAlive: applies('keep_alives_enabled'),
  responseHeaders: secret(applies('response_headers')),
  cors: applies('cors'),
  tls: record('tls', tls),
  auth: secret(applies('auth')),
}

/** The library takes its options when a server is made. */
const grpc: KeyRule.KeyRules<GrpcReceiverConfig> = {
  endpoint: restart('endpoint'),
  maxReceiveMessageBytes: restart('max_recv_msg_size_mib'),
  maxConcurrentStreams: restart('max_concurrent_streams'),
  keepalive: restart('keepalive'),
  tls: record('tls', tls),
  auth: secret(applies('auth')),
}

export const receiverKeys: KeyRule.KeyRules<OtlpReceiverConfig> = {
  http: record('protocols::http', http),
  grpc: record('protocols::grpc', grpc),
}

export const healthCheckKeys: KeyRule.KeyRules<Omit<HealthCheckConfig, 'id'>> = {
  endpoint: restart('endpoint'),
  path: applies('path'),
  tls: record('tls', tls),
  healthyBody: applies('response_body::healthy'),
  unhealthyBody: applies('response_body::unhealthy'),
}
