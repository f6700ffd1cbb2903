/** The receiver `otlp`. Source: `receiver/otlpreceiver` of open-telemetry/opentelemetry-collector. */

import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith, present, withDefault } from '../codec/Codec.ts'
import { struct, withoutEffect } from '../codec/collections.ts'
import { matching } from '../codec/scalars.ts'
import type { Endpoint, GrpcReceiverConfig, HttpReceiverConfig } from '../ReceiverConfig.ts'
import { withEndpoint } from './endpoint.ts'
import type { Guarded } from './Guarded.ts'
import { grpcServer } from './grpcServer.ts'
import { httpServer, toHttpConfig } from './httpServer.ts'

// model

export interface OtlpReceiverSettings {
  readonly http: Guarded<HttpReceiverConfig> | undefined
  readonly grpc: Guarded<GrpcReceiverConfig> | undefined
}

// decoding

const DEFAULT_ENDPOINT: Endpoint = { _tag: 'Tcp', host: '127.0.0.1', port: 4318 }

/** The Collector adds a slash that is missing. */
const urlPath = (fallback: string): Codec<string> =>
  mapWith(withDefault(matching(/^[^\s?#]+$/, 'a path like /v1/traces'), fallback), (path) =>
    path.startsWith('/') ? path : `/${path}`,
  )

/** Keys of older versions of the Collector. */
const OLD_KEYS: Readonly<Record<string, string>> = {
  cors_allowed_origins: 'write cors with allowed_origins',
  cors_allowed_headers: 'write cors with allowed_headers',
  tls_settings: 'write tls',
}

/** A path has one signal. */
const PATH_PAIRS = [
  ['traces_url_path', 'logs_url_path'],
  ['traces_url_path', 'metrics_url_path'],
  ['logs_url_path', 'metrics_url_path'],
] as const

const http: Codec<Guarded<HttpReceiverConfig>> = withEndpoint(
  checked(
    struct(
      {
        ...httpServer,
        traces_url_path: urlPath('/v1/traces'),
        logs_url_path: urlPath('/v1/logs'),
        metrics_url_path: urlPath('/v1/metrics'),
        profiles_url_path: withoutEffect('note', 'profiles are not received'),
      },
      OLD_KEYS,
    ),
    (fields, given) =>
      PATH_PAIRS.filter(([first, second]) => fields[first] === fields[second]).map(
        ([first, second]) =>
          ConfigProblem.error(given, {
            _tag: 'Conflict',
            message: `${first} and ${second} are both ${fields[first]}`,
          }),
      ),
  ),
  DEFAULT_ENDPOINT,
  (fields, endpoint) => ({
    config: {
      ...toHttpConfig(fields),
      endpoint,
      tracesPath: fields.traces_url_path,
      logsPath: fields.logs_url_path,
      metricsPath: fields.metrics_url_path,
      auth: undefined,
    },
    authenticator: fields.auth,
  }),
)

const IN_PROTOCOLS = 'it belongs into protocols'

/** At least one protocol; a protocol without settings has its defaults. */
export const otlpReceiver: Codec<OtlpReceiverSettings> = mapWith(
  struct(
    {
      protocols: checked(
        struct(
          { http: present(http), grpc: present(grpcServer) },
          { endpoint: 'it belongs into http or grpc' },
        ),
        (protocols, given) =>
          protocols.http === undefined && protocols.grpc === undefined
            ? [
                ConfigProblem.error(given, {
                  _tag: 'Missing',
                  expected: 'at least one of the protocols http and grpc',
                  reference: undefined,
                }),
              ]
            : [],
      ),
    },
    { http: IN_PROTOCOLS, grpc: IN_PROTOCOLS },
  ),
  ({ protocols }) => protocols,
)
