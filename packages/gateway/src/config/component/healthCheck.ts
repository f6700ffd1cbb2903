/** The extension `health_check`. Source: `extension/healthcheckextension` of open-telemetry/opentelemetry-collector-contrib. */
import { type Codec, optional, withDefault } from '../codec/Codec.ts'
import { struct, withoutEffect } from '../codec/collections.ts'
import { matching, text } from '../codec/scalars.ts'
import type { Endpoint, TlsConfig } from '../ReceiverConfig.ts'
import { withEndpoint } from './endpoint.ts'
import { httpServer } from './httpServer.ts'

// model

export interface HealthCheckConfig {
  /** The id of the extension. */
  readonly id: string
  readonly endpoint: Endpoint
  /** An absolute path. */
  readonly path: string
  readonly tls: TlsConfig | undefined
  /** The body of an answer; undefined for the own one. */
  readonly healthyBody: string | undefined
  readonly unhealthyBody: string | undefined
}

// decoding

const DEFAULT_ENDPOINT: Endpoint = { _tag: 'Tcp', host: '127.0.0.1', port: 13_133 }

const { endpoint, transport, tls } = httpServer

/** Settings of confighttp that matter for a receiver only. */
const receiverOnly = withoutEffect('note', 'the health check has no body and no credentials')

const fields = struct({
  endpoint,
  transport,
  tls,
  path: withDefault(matching(/^\/[^\s?#]*$/, 'an absolute path like /'), '/'),
  response_body: struct({ healthy: optional(text), unhealthy: optional(text) }),
  check_collector_pipeline: withoutEffect('none', ''),
  auth: withoutEffect('warning', 'the health check asks for no credentials'),
  cors: receiverOnly,
  max_request_body_size: receiverOnly,
  include_metadata: receiverOnly,
  response_headers: receiverOnly,
  compression_algorithms: receiverOnly,
  read_timeout: receiverOnly,
  read_header_timeout: receiverOnly,
  write_timeout: receiverOnly,
  idle_timeout: receiverOnly,
  keep_alives_enabled: receiverOnly,
  middlewares: receiverOnly,
  use_v2: withoutEffect('warning', 'the answers are those of the first version'),
  http: withoutEffect('warning', 'settings of the second version'),
  grpc: withoutEffect('warning', 'settings of the second version'),
  component_health: withoutEffect('warning', 'settings of the second version'),
})

export const healthCheck = (id: string): Codec<HealthCheckConfig> =>
  withEndpoint(fields, DEFAULT_ENDPOINT, (read, address) => ({
    id,
    endpoint: address,
    path: read.path,
    tls: read.tls,
    healthyBody: read.response_body.healthy,
    unhealthyBody: read.response_body.unhealthy,
  }))
