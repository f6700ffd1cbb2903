/**
 * Whether a DSN works: asks Sentry to take an envelope that holds an empty client report, which changes nothing there. An
 * envelope with no item at all would be answered with 200 before anybody looked at the key.
 * Source: `relay-server/src/endpoints/common.rs` of getsentry/relay.
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
  /** Sentry takes envelopes with this key for this project. */
  | { readonly _tag: 'Ok' }
  /** It does, but takes nothing for now. */
  | { readonly _tag: 'Limited' }
  | { readonly _tag: 'BadDsn'; readonly error: DsnError.DsnError }
  | { readonly _tag: 'Unreachable'; readonly reason: string }
  | { readonly _tag: 'TimedOut'; readonly afterMillis: number }
  /** The certificate is not trusted. */
  | { readonly _tag: 'Untrusted'; readonly reason: string }
  | { readonly _tag: 'WrongKey'; readonly answer: Answer }
  /** There is no such project, or it has another key. */
  | { readonly _tag: 'WrongProject'; readonly answer: Answer }
  /** Something answered, but not as Sentry does. */
  | { readonly _tag: 'Refused'; readonly answer: Answer }

export interface Wiring {
  readonly http: Http
  readonly clock: Clock
  /** For each of the two requests. */
  readonly timeoutMillis: number
}

// running

/**
 * Asks twice: a server that does not know the key yet takes the first envelope unseen, and looks the key up meanwhile. Never
 * rejects.
 */
export const check =
  ({ http, clock, timeoutMillis }: Wiring) =>
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
  const nothing = ClientReport.toItem(ClientReport.empty, nowMillis)
  const sent = await transport(Sealed.append(nothing)(Sealed.bare(dsn)))()
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
      return { _tag: 'Unreachable', reason: TransportError.show(error) }
  }
}

/**
 * 401: no valid key. 403 with the reason `ProjectId`: the project has another key, or is not there; with another one the
 * key or the project is disabled. 400: Sentry's keys have 32 digits, and it takes this one for none.
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

// destructors

/** One line for people: what it is, and what to look at next. Shows no DSN. */
export const show = (check: Check): string => {
  switch (check._tag) {
    case 'Ok':
      return 'OK: Sentry takes envelopes with this DSN'
    case 'Limited':
      return 'OK, but limited: Sentry knows this DSN and takes nothing for now; look at the quota of the project'
    case 'BadDsn':
      return `bad DSN: ${DsnError.show(check.error)}`
    case 'Unreachable':
      return `unreachable: ${check.reason}; look at the host and port of the DSN, the network and the proxy`
    case 'TimedOut':
      return `unreachable: no answer within ${check.afterMillis} ms; look at the network and the proxy`
    case 'Untrusted':
      return `TLS: the certificate is not trusted: ${check.reason}; look at the authorities that are trusted and the host of the DSN`
    case 'WrongKey':
      return `wrong key: ${status(check.answer)}; copy the DSN again from the settings of the project`
    case 'WrongProject':
      return `wrong project: ${status(check.answer)}; it is not there, or has another key; copy the DSN again from its settings`
    case 'Refused':
      return `refused: ${status(check.answer)}; is it Sentry that answers there?`
  }
}

const status = ({ status: code, reason }: Answer): string =>
  `status ${code}${reason === undefined ? '' : `, ${reason}`}`
