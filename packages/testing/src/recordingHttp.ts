/**
 * An `Http` that uses no network: it records each request and gives prepared answers.
 *
 * @example
 * ```ts
 * import { recordingHttp } from '@sentry-exporter/testing'
 *
 * const { http, requests } = recordingHttp.make(() => recordingHttp.answering(429, { 'retry-after': '60' }))
 * const answer = await http({ url: 'https://sentry.invalid/', headers: {}, body: new Uint8Array() })()
 * console.log(answer._tag === 'Right' && answer.right.header('Retry-After')) // 60
 * console.log(requests.length) // 1
 * ```
 */
import type { Http, HttpRequest, HttpResponse } from '@sentry-exporter/transport/Http'
import type { TransportError } from '@sentry-exporter/transport/TransportError'
import type * as E from '#fp-ts/Either'

// model

export interface RecordingHttp {
  readonly http: Http
  /** All requests so far, oldest first. */
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

/** Asks the function for the answer to each request, with the number of requests before it. */
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
