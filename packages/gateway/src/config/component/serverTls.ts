/** TLS of a server. Source: `config/configtls` of open-telemetry/opentelemetry-collector. */

import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith, optional } from '../codec/Codec.ts'
import { list, struct, withoutEffect } from '../codec/collections.ts'
import { duration, filled, oneOf, secret, text } from '../codec/scalars.ts'
import type { PemSource, TlsConfig } from '../ReceiverConfig.ts'

// decoding

const NO_CERTIFICATE_AUTHORITY =
  'a server verifies its clients with client_ca_file; ca_file and ca_pem are for clients'

const path: Codec<string> = filled('the path of a file')

const fields = struct({
  cert_file: optional(path),
  cert_pem: optional(secret('a certificate in PEM')),
  key_file: optional(path),
  key_pem: optional(secret('a key in PEM')),
  client_ca_file: optional(path),
  client_ca_file_reload: withoutEffect('none', ''),
  min_version: optional(oneOf('1.0', '1.1', '1.2', '1.3')),
  max_version: optional(oneOf('1.0', '1.1', '1.2', '1.3')),
  reload_interval: optional(duration()),
  ca_file: withoutEffect('warning', NO_CERTIFICATE_AUTHORITY),
  ca_pem: withoutEffect('warning', NO_CERTIFICATE_AUTHORITY),
  include_system_ca_certs_pool: withoutEffect('none', ''),
  cipher_suites: withoutEffect('warning', 'Node chooses the cipher suites'),
  curve_preferences: optional(list(text)),
  tpm: withoutEffect('warning', 'keys in a TPM are not supported'),
})

const versionOf = (version: string): 'TLSv1.2' | 'TLSv1.3' =>
  version === '1.3' ? 'TLSv1.3' : 'TLSv1.2'

const sourceOf = (file: string | undefined, pem: string | undefined): PemSource | undefined => {
  if (file !== undefined) return { _tag: 'File', path: file }
  return pem === undefined ? undefined : { _tag: 'Text', pem }
}

const conflict = (location: ConfigProblem.Location, message: string): ConfigProblem.ConfigProblem =>
  ConfigProblem.error(location, { _tag: 'Conflict', message })

/** A certificate and its key, each as a file or as text. */
export const serverTls: Codec<TlsConfig> = mapWith(
  checked(fields, (tls, at) => [
    ...(tls.cert_file !== undefined && tls.cert_pem !== undefined
      ? [conflict(at, 'cert_file and cert_pem exclude each other')]
      : []),
    ...(tls.key_file !== undefined && tls.key_pem !== undefined
      ? [conflict(at, 'key_file and key_pem exclude each other')]
      : []),
    ...(sourceOf(tls.cert_file, tls.cert_pem) === undefined ||
    sourceOf(tls.key_file, tls.key_pem) === undefined
      ? [
          conflict(
            at,
            'a server needs a certificate (cert_file or cert_pem) and its key (key_file or key_pem)',
          ),
        ]
      : []),
    ...(Number(tls.min_version ?? 1.2) > Number(tls.max_version ?? 1.3)
      ? [conflict(at, 'min_version is above max_version; without min_version it is 1.2')]
      : []),
    ...([tls.min_version, tls.max_version].some((version) => version === '1.0' || version === '1.1')
      ? [
          ConfigProblem.error(at, {
            _tag: 'Unsupported',
            subject: 'TLS before version 1.2',
            advice: 'use 1.2 or 1.3',
          }),
        ]
      : []),
  ]),
  (tls) => ({
    // The check above refuses a server without them.
    cert: sourceOf(tls.cert_file, tls.cert_pem) ?? NO_PEM,
    key: sourceOf(tls.key_file, tls.key_pem) ?? NO_PEM,
    clientCa: sourceOf(tls.client_ca_file, undefined),
    minVersion: versionOf(tls.min_version ?? '1.2'),
    maxVersion: tls.max_version === undefined ? undefined : versionOf(tls.max_version),
  }),
)

const NO_PEM: PemSource = { _tag: 'Text', pem: '' }
