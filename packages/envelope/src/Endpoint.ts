/**
 * The URL and the authentication for the envelopes of a DSN.
 * Source: `develop-docs/sdk/foundations/transport/authentication.mdx` of getsentry/sentry-docs;
 * `relay-server/src/extractors/request_meta.rs` of getsentry/relay: a request must contain exactly one form of
 * authentication.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Endpoint from '@sentry-exporter/envelope/Endpoint'
 *
 * const dsn = Dsn.parse('https://key@host:9000/prefix/42')
 * if (dsn._tag === 'Right') {
 *   console.log(Endpoint.envelopeUrl(dsn.right)) // https://host:9000/prefix/api/42/envelope/
 *   console.log(Endpoint.authQuery(dsn.right, 'me/1')) // sentry_version=7&sentry_client=me%2F1&sentry_key=key
 * }
 * ```
 */
import * as Dsn from './Dsn.ts'

// encoding

/** `https://host/prefix/api/17/envelope/`, with the last slash. */
export const envelopeUrl = (dsn: Dsn.Dsn): string =>
  `${dsn.protocol}://${Dsn.hostOf(dsn)}${dsn.path}/api/${dsn.projectId}/envelope/`

/** The value of `X-Sentry-Auth`. `client` is a name and a version: `sentry-exporter/0.1.0`. */
export const authHeader = (dsn: Dsn.Dsn, client: string): string =>
  `Sentry ${fields(dsn, client)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}`

/** The same as a query string, for browsers: another header would cause a CORS preflight request. */
export const authQuery = (dsn: Dsn.Dsn, client: string): string =>
  fields(dsn, client)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')

const PROTOCOL_VERSION = '7'

const fields = (dsn: Dsn.Dsn, client: string): ReadonlyArray<readonly [string, string]> => [
  ['sentry_version', PROTOCOL_VERSION],
  ['sentry_client', client],
  ['sentry_key', dsn.publicKey],
  ...(dsn.secretKey === undefined ? [] : ([['sentry_secret', dsn.secretKey.reveal()]] as const)),
]
