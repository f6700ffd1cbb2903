/**
 * Checks a DSN: sends an envelope with an empty client report, which changes nothing in Sentry. Sentry would answer an envelope
 * without items with 200 before it checks the key.
 * Source: `relay-server/src/endpoints/common.rs` of getsentry/relay.
 *
 * @example
 * ```ts
 * import { Check } from '@sentry-exporter/exporter'
 *
 * console.log(Check.show({ _tag: 'Ok' })) // OK: Sentry accepts envelopes with this DSN
 * ```
 */
import { sdk } from '@sentry-exporter/core/Sdk'
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as DsnError from '@sentry-exporter/envelope/DsnError'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import type { Answer } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import { overHttp } from '@sentry-exporter/transport/overHttp'
import type { Transport } from '@sentry-exporter/transport/Transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { withTimeout } from '@sentry-exporter/transport/withTimeout'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'

// model

export type Check =
  /** Sentry accepts envelopes with this key for this project. */
  | { readonly _tag: 'Ok' }
  /** Sentry knows the key and the project, but a rate limit is active. */
  | { readonly _tag: 'Limited' }
  | { readonly _tag: 'BadDsn'; readonly error: DsnError.DsnError }
  | { readonly _tag: 'Unreachable'; readonly reason: string }
  | { readonly _tag: 'TimedOut'; readonly afterMillis: number }
  /** The certificate is not trusted. */
  | { readonly _tag: 'Untrusted'; readonly reason: string }
  | { readonly _tag: 'WrongKey'; readonly answer: Answer }
  /** The project does not exist, or has another key. */
  | { readonly _tag: 'WrongProject'; readonly answer: Answer }
  /** A server answered, but not like Sentry. */
  | { readonly _tag: 'Refused'; readonly answer: Answer }

export interface CheckWiring {
  readonly http: Http
  readonly clock: Clock
  /** For each of the two requests. */
  readonly timeoutMillis: number
}

// running

/**
 * Sends two requests: a server that does not know the key yet accepts the first one unchecked, and looks the key up. Never
 * rejects.
 */
export const check =
  ({ http, clock, timeoutMillis }: CheckWiring) =>
  (text: string): T.Task<Check> =>
  async () => {
    const dsn = Dsn.parse(text)
    if (E.isLeft(dsn)) return { _tag: 'BadDsn', error: dsn.left }
    const transport = pipe(
      overHttp({ http, clock, client: `${sdk.name}/${sdk.version}` }),
      withTimeout(clock, { timeoutMillis }),
    )
    const first = await ask(transport, dsn.right, clock.now())
    if (first._tag !== 'Ok') return first
    await clock.sleep(LOOK_UP_MILLIS)()
    return ask(transport, dsn.right, clock.now())
  }

const LOOK_UP_MILLIS = 1_000

const ask = async (transport: Transport, dsn: Dsn.Dsn, nowMillis: number): Promise<Check> => {
  const emptyReport = ClientReport.toItem(ClientReport.empty, nowMillis)
  const sent = await transport(Sealed.append(emptyReport)(Sealed.bare(dsn)))()
  return E.isRight(sent) ? { _tag: 'Ok' } : ofError(TransportError.lastOf(sent.left))
}

const ofError = (error: TransportError.Attempted): Check => {
  switch (error._tag) {
    case 'Unreachable':
    case 'Untrusted':
    case 'TimedOut':
      return error
    case 'Refused':
      return ofAnswer(error.answer)
    case 'Closed':
    case 'RateLimited':
    case 'Overflowed':
    case 'Abandoned':
    case 'NoProject':
      return { _tag: 'Unreachable', reason: TransportError.show(error) }
  }
}

/**
 * 401: the key is invalid. 403 with the reason `ProjectId`: the project has another key, or does not exist; with another reason
 * the key or the project is disabled. 400: the key does not have 32 digits, as all keys of Sentry have.
 */
const ofAnswer = (answer: Answer): Check => {
  switch (answer.status) {
    case 400:
    case 401:
      return { _tag: 'WrongKey', answer }
    case 403:
      return { _tag: answer.reason === 'ProjectId' ? 'WrongProject' : 'WrongKey', answer }
    case 404:
      return { _tag: 'WrongProject', answer }
    case 429:
      return { _tag: 'Limited' }
    default:
      return { _tag: 'Refused', answer }
  }
}

// guards

/** Whether Sentry knows the key and the project. */
export const isKnown = ({ _tag }: Check): boolean => _tag === 'Ok' || _tag === 'Limited'

// encoding

/** One line for users: the result, and the next step. Shows no DSN. */
export const show = (check: Check): string => {
  switch (check._tag) {
    case 'Ok':
      return 'OK: Sentry accepts envelopes with this DSN'
    case 'Limited':
      return 'OK, but limited: Sentry knows this DSN, and a rate limit is active; check the quota of the project'
    case 'BadDsn':
      return `bad DSN: ${DsnError.show(check.error)}`
    case 'Unreachable':
      return `unreachable: ${check.reason}; check the host and port of the DSN, the network and the proxy`
    case 'TimedOut':
      return `unreachable: no answer within ${check.afterMillis} ms; check the network and the proxy`
    case 'Untrusted':
      return `TLS: the certificate is not trusted: ${check.reason}; check the trusted authorities and the host of the DSN`
    case 'WrongKey':
      return `wrong key: ${status(check.answer)}; copy the DSN again from the settings of the project`
    case 'WrongProject':
      return `wrong project: ${status(check.answer)}; the project does not exist, or has another key; copy the DSN again from its settings`
    case 'Refused':
      return `refused: ${status(check.answer)}; check that the host of the DSN is a Sentry server`
  }
}

const status = ({ status: code, reason }: Answer): string =>
  `status ${code}${reason === undefined ? '' : `, ${reason}`}`
