/**
 * A DSN: the address of a Sentry project and the key that authenticates its envelopes.
 *
 * Source: `develop-docs/sdk/foundations/transport/authentication.mdx` of getsentry/sentry-docs;
 * `packages/core/src/utils/dsn.ts` of getsentry/sentry-javascript.
 *
 * Law: `parse(print(dsn))` gives the same DSN. `show` never contains the secret.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 *
 * const dsn = Dsn.parse('https://key:secret@o17.ingest.sentry.io/42')
 * if (dsn._tag === 'Right') {
 *   console.log(Dsn.show(dsn.right)) // https://key@o17.ingest.sentry.io/42
 *   console.log(Dsn.organizationId(dsn.right)) // 17
 * }
 * ```
 */
import * as E from '#fp-ts/Either'
import type * as eq from '#fp-ts/Eq'
import type { DsnError } from './DsnError.ts'
import * as Secret from './Secret.ts'

// model

export interface Dsn {
  readonly protocol: 'http' | 'https'
  readonly publicKey: string
  /** Deprecated by Sentry; sent if the DSN contains one. */
  readonly secretKey: Secret.Secret | undefined
  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string
  /** `undefined` for the default port of the protocol. */
  readonly port: number | undefined
  /** The part between the host and the project id: empty, or `/one/two`. */
  readonly path: string
  /** Digits. */
  readonly projectId: string
}

// constructors

/** In the place of the DSN of a project that is not found yet. It is valid nowhere: its key and its host are empty. */
export const unknown: Dsn = /* @__PURE__ */ Object.freeze<Dsn>({
  protocol: 'https',
  publicKey: '',
  secretKey: undefined,
  host: '',
  port: undefined,
  path: '',
  projectId: '0',
})

// decoding

const KEY = /^[A-Za-z0-9_-]+$/

const HOST =
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9_.-]+)?\])$/

const PATH = /^(?:\/[^/?#\s]+)*$/

const PROJECT_ID = /^\d+$/

/** Parses a DSN. Surrounding white space is ignored. Each kind of mistake has its own error. */
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

const bad = (_tag: DsnError['_tag']): E.Either<DsnError, never> => E.left({ _tag })

const hostAndPort = (authority: string): E.Either<DsnError, Pick<Dsn, 'host' | 'port'>> => {
  // An IPv6 address is in brackets and contains colons itself.
  const colon = authority.indexOf(':', authority.indexOf(']') + 1)
  const host = colon < 0 ? authority : authority.slice(0, colon)
  if (host === '') return bad('NoHost')
  if (!HOST.test(host)) return bad('BadHost')
  if (colon < 0) return E.right({ host, port: undefined })
  const digits = authority.slice(colon + 1)
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0
  return port >= 1 && port <= 65535 ? E.right({ host, port }) : bad('BadPort')
}

// encoding

/** The complete DSN, with its secret if it has one: for sending, not for showing. */
export const print = (dsn: Dsn): string =>
  `${dsn.protocol}://${dsn.publicKey}${
    dsn.secretKey === undefined ? '' : `:${dsn.secretKey.reveal()}`
  }@${hostOf(dsn)}${dsn.path}/${dsn.projectId}`

/** For people: without the secret. */
export const show = (dsn: Dsn): string => print({ ...dsn, secretKey: undefined })

// folds

/** The host, with the port unless that is the default one. */
export const hostOf = (dsn: Dsn): string =>
  dsn.port === undefined ? dsn.host : `${dsn.host}:${dsn.port}`

/** The number of the organization, from host names of Sentry's own service: `o17.ingest.sentry.io`. */
export const organizationId = (dsn: Dsn): string | undefined => /^o(\d+)\./.exec(dsn.host)?.[1]

// instances

/** Two DSNs are equal if all their parts are, with the secret. */
export const Eq: eq.Eq<Dsn> = /* @__PURE__ */ Object.freeze<eq.Eq<Dsn>>({
  equals: (a, b) => print(a) === print(b),
})
