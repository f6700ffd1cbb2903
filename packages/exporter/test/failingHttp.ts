/** An `Http` that fails in a chosen way, for histories of logs and of metrics. */
import type * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import type { Http, HttpRequest } from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import fc from 'fast-check'
import * as E from '#fp-ts/Either'

// model

export type Failure =
  | 'accept'
  | 'hang'
  | 'limit'
  | 'refuse'
  | 'reset'
  | 'slow'
  | 'throw'
  | 'timeout'
  | 500
  | 503

export interface FailingHttp<A> {
  readonly http: Http
  readonly setFailure: (next: Failure) => void
  /** The values of the requests that a server may have taken. */
  readonly taken: ReadonlyArray<A>
}

interface FailingOptions<A> {
  readonly clock: FakeClock.FakeClock
  /** The category that the answer of `limit` names. */
  readonly limited: string
  readonly valuesOf: (requests: ReadonlyArray<HttpRequest>) => ReadonlyArray<A>
}

// constructors

export const failures: fc.Arbitrary<Failure> = fc.constantFrom<Failure>(
  'accept',
  'hang',
  'limit',
  'refuse',
  'reset',
  'slow',
  'throw',
  'timeout',
  500,
  503,
)

export const make = <A>({ clock, limited, valuesOf }: FailingOptions<A>): FailingHttp<A> => {
  let failure: Failure = 'accept'
  const taken: Array<A> = []
  const http: Http = (request) => async () => {
    const now = failure
    if (now !== 'refuse' && now !== 503) taken.push(...valuesOf([request]))
    switch (now) {
      case 'accept':
        return recordingHttp.answering(200)
      case 'slow':
        await clock.sleep(3_000)()
        return recordingHttp.answering(200)
      case 'hang':
        return new Promise(() => undefined)
      case 'limit':
        return recordingHttp.answering(429, { 'x-sentry-rate-limits': `60:${limited}:key` })
      case 'refuse':
        return E.left(TransportError.unreachable('ECONNREFUSED'))
      case 'reset':
        return E.left(TransportError.unreachable('ECONNRESET'))
      case 'timeout':
        return E.left(TransportError.timedOut(5))
      case 'throw':
        throw new Error('a fault of the Http')
      default:
        return recordingHttp.answering(now)
    }
  }
  return {
    http,
    taken,
    setFailure: (next) => {
      failure = next
    },
  }
}
