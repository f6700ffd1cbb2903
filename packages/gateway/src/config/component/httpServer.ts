/** The settings of a server for HTTP. Source: `config/confighttp` of open-telemetry/opentelemetry-collector. */
import { Range } from '@sentry-exporter/transport'
import {
  type Codec,
  type Located,
  located,
  mapWith,
  optional,
  withDefault,
} from '../codec/Codec.ts'
import { list, struct, withoutEffect } from '../codec/collections.ts'
import { boolean, duration, leaf, text, textOf, whole } from '../codec/scalars.ts'
import type { CorsConfig, HttpReceiverConfig, TlsConfig } from '../ReceiverConfig.ts'
import * as ComponentId from './ComponentId.ts'
import { endpointText, transportName } from './endpoint.ts'
import { headerName, responseHeaders } from './headers.ts'
import { serverTls } from './serverTls.ts'

// model

/** As decoded; `auth` names an extension that another part of the configuration has. */
export interface HttpServerFields {
  readonly endpoint: string | undefined
  readonly transport: 'tcp' | 'tcp4' | 'tcp6' | 'unix' | undefined
  readonly tls: TlsConfig | undefined
  readonly cors: CorsConfig | undefined
  readonly auth: Located<string> | undefined
  readonly max_request_body_size: number
  readonly response_headers: ReadonlyArray<readonly [string, string]>
  readonly compression_algorithms: ReadonlyArray<string>
  readonly read_timeout: number
  readonly read_header_timeout: number
  readonly idle_timeout: number
  readonly keep_alives_enabled: boolean
  readonly max_connections: number
  readonly include_metadata: undefined
  readonly write_timeout: undefined
  readonly middlewares: undefined
}

// constructors

/** The Collector's default for a request over HTTP, before and after decompression. */
export const DEFAULT_MAX_BODY_BYTES: number = 20 * 1024 * 1024

const DEFAULT_MAX_CONNECTIONS = 10_000

/** The Collector has this default for headers and idle connections. */
const DEFAULT_TIMEOUT_MILLIS = 60_000

const COMPRESSIONS: ReadonlyArray<string> = [
  '',
  'gzip',
  'zstd',
  'zlib',
  'deflate',
  'snappy',
  'x-snappy-framed',
  'lz4',
]

// decoding

/** The name of an extension that checks the senders. */
export const auth: Codec<Located<string>> = mapWith(
  struct({
    authenticator: located(ComponentId.codec),
    request_params: withoutEffect('warning', 'credentials in the query are not read'),
  }),
  ({ authenticator }) => authenticator,
)

const cors: Codec<CorsConfig> = mapWith(
  struct({
    allowed_origins: withDefault(list(text), []),
    allowed_headers: withDefault(list(text), []),
    exposed_headers: withDefault(list(headerName), []),
    max_age: optional(whole({ min: 0, max: Number.MAX_SAFE_INTEGER })),
  }),
  (fields) => ({
    allowedOrigins: fields.allowed_origins,
    allowedHeaders: fields.allowed_headers,
    exposedHeaders: fields.exposed_headers,
    maxAgeSeconds: fields.max_age,
  }),
)

const compression: Codec<string> = leaf({
  expected: `"" for none, ${COMPRESSIONS.slice(1).join(', ')}`,
  words: COMPRESSIONS,
  read: (node) => {
    const found = textOf(node)
    return found !== undefined && COMPRESSIONS.includes(found) ? found : undefined
  },
})

/** Zero is the default, as in the Collector. */
const bodySize: Codec<number> = mapWith(whole({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) =>
  bytes === 0 ? DEFAULT_MAX_BODY_BYTES : bytes,
)

const timeout: Codec<number> = withDefault(duration(), DEFAULT_TIMEOUT_MILLIS)

/** The codecs of the fields, for maps that have further ones. */
export const httpServer: { readonly [K in keyof HttpServerFields]: Codec<HttpServerFields[K]> } = {
  endpoint: optional(endpointText),
  transport: optional(transportName),
  tls: optional(serverTls),
  cors: optional(cors),
  auth: optional(auth),
  max_request_body_size: withDefault(bodySize, DEFAULT_MAX_BODY_BYTES),
  response_headers: withDefault(responseHeaders, []),
  compression_algorithms: withDefault(list(compression), COMPRESSIONS),
  read_timeout: timeout,
  read_header_timeout: timeout,
  idle_timeout: timeout,
  keep_alives_enabled: withDefault(boolean, true),
  max_connections: withDefault(whole(Range.count), DEFAULT_MAX_CONNECTIONS),
  include_metadata: withoutEffect('none', ''),
  write_timeout: withoutEffect('note', 'answers are small and written at once'),
  middlewares: withoutEffect('warning', 'there are no middlewares'),
}

/** The part of a receiver's configuration that these fields are. */
export const toHttpConfig = (
  fields: HttpServerFields,
): Omit<HttpReceiverConfig, 'endpoint' | 'tracesPath' | 'logsPath' | 'metricsPath' | 'auth'> => ({
  maxRequestBodyBytes: fields.max_request_body_size,
  compressionAlgorithms: fields.compression_algorithms,
  readTimeoutMillis: fields.read_timeout,
  readHeaderTimeoutMillis: fields.read_header_timeout,
  idleTimeoutMillis: fields.idle_timeout,
  maxConnections: fields.max_connections,
  keepAlive: fields.keep_alives_enabled,
  responseHeaders: fields.response_headers,
  cors: fields.cors,
  tls: fields.tls,
})
