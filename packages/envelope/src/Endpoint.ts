/**
 * Where envelopes of a DSN are posted, and what says that they may come in.
 * Source: `develop-docs/sdk/foundations/transport/authentication.mdx` of getsentry/sentry-docs;
 * `relay-server/src/extractors/request_meta.rs` of getsentry/relay: exactly one form of authentication may be there.
 */
import * as Dsn from './Dsn.ts'

// destructors

/** `https://host/prefix/api/17/envelope/`. The last slash belongs to it. */
export const envelopeUrl = (dsn: Dsn.Dsn): string =>
  `${dsn.protocol}://${Dsn.hostOf(dsn)}${dsn.path}/api/${dsn.projectId}/envelope/`

/** The value of `X-Sentry-Auth`. `client` is a name and a version: `sentry-exporter/0.1.0`. */
export const authHeader = (dsn: Dsn.Dsn, client: string): string =>
  `Sentry ${fields(dsn, client)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}`

/** The same as a query, for browsers: a header of our own would cost a second request to ask for leave. */
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
