/** Envelopes over HTTP: one request for each, stamped with the time at which it leaves. */
import * as Endpoint from '@sentry-exporter/envelope/Endpoint'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as Answer from './Answer.ts'
import type { Clock } from './Clock.ts'
import type { Http, HttpRequest, HttpResponse } from './Http.ts'
import type { Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface Options {
  readonly http: Http
  readonly clock: Pick<Clock, 'now'>
  /** Who sends, for the server's statistics: `name/version`. */
  readonly client: string
}

// constructors

/** Taken means status 200 to 299; all else is an error that keeps the answer. */
export const overHttp =
  ({ http, clock, client }: Options): Transport =>
  (sealed) =>
  async () =>
    pipe(
      await http(toRequest(sealed, client, clock.now()))(),
      E.map(toAnswer),
      E.chain((answer) =>
        Answer.isTaken(answer) ? E.right({ answer }) : E.left(TransportError.refused(answer)),
      ),
    )

const toRequest = (sealed: Sealed.Sealed, client: string, nowMillis: number): HttpRequest => ({
  url: Endpoint.envelopeUrl(sealed.dsn),
  headers: {
    'content-type': 'application/x-sentry-envelope',
    'user-agent': client,
    'x-sentry-auth': Endpoint.authHeader(sealed.dsn, client),
  },
  body: Sealed.stamp(nowMillis)(sealed),
})

const toAnswer = (response: HttpResponse): Answer.Answer => {
  const [, reason] = REASON.exec(response.text ?? '') ?? []
  return {
    status: response.status,
    rateLimits: response.header('x-sentry-rate-limits'),
    retryAfter: response.header('retry-after'),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** `{"detail":"event submission rejected with_reason: ProjectId"}`. Source: `relay-server/src/endpoints/common.rs` of getsentry/relay. */
const REASON = /with_reason: ([A-Za-z]{1,40})/
