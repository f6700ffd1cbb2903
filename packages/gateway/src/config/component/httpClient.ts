/** The block `http` of the exporter. Source: `config/confighttp` of open-telemetry/opentelemetry-collector. */
import { Range } from '@sentry-exporter/transport'
import * as ConfigProblem from '../ConfigProblem.ts'
import {
  type Codec,
  checked,
  type Located,
  located,
  mapWith,
  optional,
  withDefault,
} from '../codec/Codec.ts'
import { struct, withoutEffect } from '../codec/collections.ts'
import { boolean, duration, filled, leaf, oneOf, secret, textOf, whole } from '../codec/scalars.ts'

// model

export interface HttpClientSettings {
  readonly timeoutMillis: number | undefined
  readonly proxy: string | undefined
  readonly insecureSkipVerify: boolean
  /** The path of a file with certificates in PEM. */
  readonly caFile: Located<string> | undefined
  readonly ca: Located<string> | undefined
  readonly compress: boolean
  readonly connections: number | undefined
}

// decoding

const OWN_CONNECTIONS = 'connections are kept alive by rules of this program'

const CLIENT_CERTIFICATE = 'Sentry does not ask for the certificate of a client'

const none = withoutEffect('none', '')

const tls = struct({
  insecure: withoutEffect('note', 'the protocol of the DSN decides'),
  insecure_skip_verify: withDefault(boolean, false),
  ca_file: optional(located(filled('the path of a file'))),
  ca_pem: optional(located(secret('certificates in PEM'))),
  cert_file: withoutEffect('warning', CLIENT_CERTIFICATE),
  cert_pem: withoutEffect('warning', CLIENT_CERTIFICATE),
  key_file: withoutEffect('warning', CLIENT_CERTIFICATE),
  key_pem: withoutEffect('warning', CLIENT_CERTIFICATE),
  server_name_override: withoutEffect('warning', 'the name is that of the DSN'),
  include_system_ca_certs_pool: withoutEffect(
    'warning',
    'ca_file replaces the authorities of Node',
  ),
  min_version: withoutEffect('note', 'Node uses TLS 1.2 or newer'),
  max_version: withoutEffect('note', 'Node uses TLS 1.2 or newer'),
  cipher_suites: withoutEffect('warning', 'Node chooses the cipher suites'),
  curve_preferences: none,
  reload_interval: none,
  tpm: withoutEffect('warning', CLIENT_CERTIFICATE),
})

const isProxy = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).pathname === '/'

const proxyUrl: Codec<string> = leaf({
  expected: 'the address of a proxy, such as http://proxy.example.com:3128',
  isSecret: true,
  read: (node) => {
    const text = textOf(node)
    return text !== undefined && isProxy(text) ? text : undefined
  },
})

const compression = mapWith(
  checked(
    withDefault(oneOf('gzip', 'none', 'zstd', 'snappy', 'zlib', 'deflate', 'lz4'), 'gzip'),
    (name, at) =>
      name === 'gzip' || name === 'none'
        ? []
        : [
            ConfigProblem.warning(at, {
              _tag: 'NoEffect',
              reason: 'requests to Sentry are compressed with gzip',
            }),
          ],
  ),
  (name) => name !== 'none',
)

/** Settings of the connection to Sentry. */
export const httpClient: Codec<HttpClientSettings> = mapWith(
  struct({
    endpoint: withoutEffect('warning', 'the DSN has the address'),
    proxy_url: optional(proxyUrl),
    tls,
    timeout: optional(duration()),
    compression,
    compression_params: none,
    max_conns_per_host: optional(whole({ min: 0, max: Range.count.max })),
    headers: withoutEffect('warning', 'no further headers are sent to Sentry'),
    auth: withoutEffect('warning', 'the DSN authenticates'),
    middlewares: withoutEffect('warning', 'there are no middlewares'),
    dialer_middleware: withoutEffect('warning', 'there are no middlewares'),
    cookies: withoutEffect('warning', 'no cookies are kept'),
    read_buffer_size: none,
    write_buffer_size: none,
    keepalive: withoutEffect('note', OWN_CONNECTIONS),
    idle_conn_timeout: withoutEffect('note', OWN_CONNECTIONS),
    max_idle_conns: withoutEffect('note', OWN_CONNECTIONS),
    max_idle_conns_per_host: withoutEffect('note', OWN_CONNECTIONS),
    disable_keep_alives: withoutEffect('note', OWN_CONNECTIONS),
    http2_read_idle_timeout: none,
    http2_ping_timeout: none,
    force_attempt_http2: none,
  }),
  (fields) => ({
    timeoutMillis: fields.timeout,
    proxy: fields.proxy_url,
    insecureSkipVerify: fields.tls.insecure_skip_verify,
    caFile: fields.tls.ca_file,
    ca: fields.tls.ca_pem,
    compress: fields.compression,
    // Zero is no limit there; here every address has one.
    connections: fields.max_conns_per_host || undefined,
  }),
)
