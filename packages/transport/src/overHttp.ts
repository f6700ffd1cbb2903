/**
 * A transport over HTTP: one request for each envelope, which gets the time of sending.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { systemClock } from '@sentry-exporter/transport/Clock'
 * import type { Http } from '@sentry-exporter/transport/Http'
 * import { overHttp } from '@sentry-exporter/transport/overHttp'
 *
 * const http: Http = ({ url }) => async () => {
 *   console.log(url) // https://host/api/1/envelope/
 *   return { _tag: 'Right', right: { status: 200, header: () => undefined } }
 * }
 * const transport = overHttp({ http, clock: systemClock, client: 'my-client/1.0' })
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') await transport(Sealed.bare(dsn.right))()
 * ```
 */
import * as Endpoint from '@sentry-exporter/envelope/Endpoint'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as Answer from './Answer.ts'
import type { Clock } from './Clock.ts'
import type { Http, HttpRequest, HttpResponse } from './Http.ts'
import type { AbortSignalLike } from './internal/onAbort.ts'
import { sendOver } from './internal/sendOver.ts'
import type { Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface HttpTransportOptions {
  readonly http: Http
  readonly clock: Pick<Clock, 'now'>
  /** Name and version of the client, for the server's statistics: `name/version`. */
  readonly client: string
}

// constructors

/** A status from 200 to 299 is a success; every other response is the error `Refused`, which contains the answer. */
export const overHttp =
  ({ http, clock, client }: HttpTransportOptions): Transport =>
  (sealed, signal) =>
  async () =>
    pipe(
      await sendOver(http, toRequest(sealed, client, clock.now(), signal)),
      E.map(toAnswer),
      E.chain((answer) =>
        Answer.isSuccess(answer) ? E.right({ answer }) : E.left(TransportError.refused(answer)),
      ),
    )

const toRequest = (
  sealed: Sealed.Sealed,
  client: string,
  nowMillis: number,
  signal: AbortSignalLike | undefined,
): HttpRequest => ({
  url: Endpoint.envelopeUrl(sealed.dsn),
  headers: {
    'content-type': 'application/x-sentry-envelope',
    'user-agent': client,
    'x-sentry-auth': Endpoint.authHeader(sealed.dsn, client),
  },
  body: Sealed.stamp(nowMillis)(sealed),
  signal,
})

/** `{"detail":"event submission rejected with_reason: ProjectId"}`. Source: `relay-server/src/endpoints/common.rs` of getsentry/relay. */
const REASON = /with_reason: ([A-Za-z]{1,40})/

const toAnswer = (response: HttpResponse): Answer.Answer => {
  const [, reason] = REASON.exec(response.text ?? '') ?? []
  return {
    status: response.status,
    rateLimits: response.header('x-sentry-rate-limits'),
    retryAfter: response.header('retry-after'),
    ...(reason === undefined ? {} : { reason }),
  }
}
