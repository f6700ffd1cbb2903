/**
 * A DSN: where the envelopes of one Sentry project go, and the key that lets them in.
 *
 * Source: `develop-docs/sdk/foundations/transport/authentication.mdx` of getsentry/sentry-docs;
 * `packages/core/src/utils/dsn.ts` of getsentry/sentry-javascript.
 *
 * Law: `parse(print(dsn))` gives the same DSN. `show` never holds the secret.
 */
import * as E from '#fp-ts/Either'
import type { DsnError } from './DsnError.ts'
import * as Secret from './Secret.ts'

// model

export interface Dsn {
  readonly protocol: 'http' | 'https'
  readonly publicKey: string
  /** Deprecated by Sentry; sent only if the DSN has one. */
  readonly secretKey: Secret.Secret | undefined
  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string
  /** `undefined` for the protocol's own. */
  readonly port: number | undefined
  /** What stands between the host and the project: empty, or `/one/two`. */
  readonly path: string
  /** Digits. */
  readonly projectId: string
}

// decoding

/** Reads a DSN. Each way to be wrong has its own error. */
export const parse = (text: string): E.Either<DsnError, Dsn> => {
  const trimmed = text.trim()
  if (trimmed === '') return bad('Empty')
  const start = trimmed.indexOf('://')
  if (start <= 0) return bad('NoProtocol')
  const protocol = trimmed.slice(0, start).toLowerCase()
  if (protocol !== 'http' && protocol !== 'https') return bad('UnknownProtocol')
  const rest = trimmed.slice(start + '://'.length)
  const at = rest.indexOf('@')
  if (at <= 0) return bad('NoPublicKey')
  const [publicKey = '', ...secret] = rest.slice(0, at).split(':')
  if (publicKey === '') return bad('NoPublicKey')
  if (!KEY.test(publicKey)) return bad('BadPublicKey')
  const secretKey = secret.length === 0 ? undefined : secret.join(':')
  if (secretKey !== undefined && !KEY.test(secretKey)) return bad('BadSecretKey')
  const address = rest.slice(at + 1)
  const slash = address.indexOf('/')
  const authority = slash < 0 ? address : address.slice(0, slash)
  const place = hostAndPort(authority)
  if (E.isLeft(place)) return place
  const whole = slash < 0 ? '' : address.slice(slash)
  const last = whole.lastIndexOf('/')
  const projectId = whole.slice(last + 1)
  if (projectId === '') return bad('NoProjectId')
  if (!PROJECT_ID.test(projectId)) return bad('BadProjectId')
  const path = whole.slice(0, last)
  if (!PATH.test(path)) return bad('BadPath')
  return E.right({
    protocol,
    publicKey,
    secretKey: secretKey === undefined ? undefined : Secret.of(secretKey),
    ...place.right,
    path,
    projectId,
  })
}

// encoding

/** The DSN as it was read, with its secret if it has one: for sending, not for showing. */
export const print = (dsn: Dsn): string =>
  `${dsn.protocol}://${dsn.publicKey}${
    dsn.secretKey === undefined ? '' : `:${dsn.secretKey.reveal()}`
  }@${hostOf(dsn)}${dsn.path}/${dsn.projectId}`

// destructors

/** For people: without the secret. */
export const show = (dsn: Dsn): string => print({ ...dsn, secretKey: undefined })

/** The host with its port, if that is not the protocol's own. */
export const hostOf = (dsn: Dsn): string =>
  dsn.port === undefined ? dsn.host : `${dsn.host}:${dsn.port}`

/** The number of the organization, which the host names of Sentry's own service hold: `o17.ingest.sentry.io`. */
export const organizationId = (dsn: Dsn): string | undefined => /^o(\d+)\./.exec(dsn.host)?.[1]

/** Whether two DSNs let envelopes into the same project with the same key. */
export const equals = (a: Dsn, b: Dsn): boolean => print(a) === print(b)

const bad = (_tag: DsnError['_tag']): E.Either<DsnError, never> => E.left({ _tag })

const KEY = /^[A-Za-z0-9_-]+$/

const HOST =
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9_.-]+)?\])$/

const PATH = /^(?:\/[^/?#\s]+)*$/

const PROJECT_ID = /^\d+$/

const hostAndPort = (authority: string): E.Either<DsnError, Pick<Dsn, 'host' | 'port'>> => {
  // The colons of an IPv6 address stand in brackets.
  const colon = authority.indexOf(':', authority.indexOf(']') + 1)
  const host = colon < 0 ? authority : authority.slice(0, colon)
  if (host === '') return bad('NoHost')
  if (!HOST.test(host)) return bad('BadHost')
  if (colon < 0) return E.right({ host, port: undefined })
  const digits = authority.slice(colon + 1)
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
  return port >= 1 && port <= 65535 ? E.right({ host, port }) : bad('BadPort')
}
