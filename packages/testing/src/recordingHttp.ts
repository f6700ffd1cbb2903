/** An `Http` that goes nowhere: it keeps what it is asked to send, and answers what it is told to. */
import type { Http, HttpRequest, HttpResponse } from '@sentry-exporter/transport/Http'
import type { TransportError } from '@sentry-exporter/transport/TransportError'
import type * as E from '#fp-ts/Either'

// model

export interface RecordingHttp {
  readonly http: Http
  readonly requests: ReadonlyArray<HttpRequest>
}

// constructors

/** An answer with these headers, by their names in lower case. */
export const answering = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
): E.Either<TransportError, HttpResponse> => ({
  _tag: 'Right',
  right: { status, header: (name) => headers[name.toLowerCase()] },
})

export const make = (
  answer: (request: HttpRequest, index: number) => E.Either<TransportError, HttpResponse>,
): RecordingHttp => {
  const requests: Array<HttpRequest> = []
  const http: Http = (request) => () => {
    requests.push(request)
    return Promise.resolve(answer(request, requests.length - 1))
  }
  return { http, requests }
}
