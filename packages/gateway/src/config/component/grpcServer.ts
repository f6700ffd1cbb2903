/** The settings of a server for gRPC. Source: `config/configgrpc` of open-telemetry/opentelemetry-collector. */
import { type Codec, mapWith, optional, withDefault } from '../codec/Codec.ts'
import { struct, withoutEffect } from '../codec/collections.ts'
import { boolean, duration, whole } from '../codec/scalars.ts'
import type { Endpoint, GrpcKeepaliveConfig, GrpcReceiverConfig } from '../ReceiverConfig.ts'
import { endpointText, transportName, withEndpoint } from './endpoint.ts'
import type { Guarded } from './Guarded.ts'
import { auth, DEFAULT_MAX_BODY_BYTES } from './httpServer.ts'
import { serverTls } from './serverTls.ts'

// decoding

const DEFAULT_ENDPOINT: Endpoint = { _tag: 'Tcp', host: '127.0.0.1', port: 4317 }

const MIB = 1024 * 1024

/** A message has one buffer, and gRPC has 32 bits for its length. */
const MAX_MESSAGE_MIB = 2_047

const serverParameters = struct({
  max_connection_idle: optional(duration()),
  max_connection_age: optional(duration()),
  max_connection_age_grace: optional(duration()),
  time: optional(duration()),
  timeout: optional(duration()),
})

const enforcementPolicy = struct({
  min_time: optional(duration()),
  permit_without_stream: withDefault(boolean, false),
})

const keepalive: Codec<GrpcKeepaliveConfig> = mapWith(
  struct({ server_parameters: serverParameters, enforcement_policy: enforcementPolicy }),
  ({ server_parameters: server, enforcement_policy: policy }) => ({
    maxConnectionIdleMillis: server.max_connection_idle,
    maxConnectionAgeMillis: server.max_connection_age,
    maxConnectionAgeGraceMillis: server.max_connection_age_grace,
    timeMillis: server.time,
    timeoutMillis: server.timeout,
    enforcementMinMillis: policy.min_time,
    permitWithoutStream: policy.permit_without_stream,
  }),
)

export const grpcServer: Codec<Guarded<GrpcReceiverConfig>> = withEndpoint(
  struct({
    endpoint: optional(endpointText),
    transport: optional(transportName),
    tls: optional(serverTls),
    auth: optional(auth),
    max_recv_msg_size_mib: withDefault(
      whole({ min: 1, max: MAX_MESSAGE_MIB }),
      DEFAULT_MAX_BODY_BYTES / MIB,
    ),
    max_concurrent_streams: optional(whole({ min: 0, max: 2 ** 32 - 1 })),
    keepalive,
    read_buffer_size: withoutEffect('none', ''),
    write_buffer_size: withoutEffect('none', ''),
    include_metadata: withoutEffect('none', ''),
    dialer: withoutEffect('none', ''),
    middlewares: withoutEffect('warning', 'there are no middlewares'),
  }),
  DEFAULT_ENDPOINT,
  (fields, endpoint) => ({
    config: {
      endpoint,
      maxReceiveMessageBytes: fields.max_recv_msg_size_mib * MIB,
      // Zero is gRPC's default.
      maxConcurrentStreams: fields.max_concurrent_streams || undefined,
      keepalive: fields.keepalive,
      tls: fields.tls,
      auth: undefined,
    },
    authenticator: fields.auth,
  }),
)
