/** The way to Sentry as it is seen from here: how long attempts take, and whether the last one was answered. */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import * as ReplaceableHttp from './ReplaceableHttp.ts'

// model

export interface WatchedHttp {
  /** Watched. */
  readonly http: Http.Http
  /** Whether the last attempt had no answer, or one that Sentry is not available. */
  readonly isDown: () => boolean
}

export interface SeenAttempt {
  /** The status of HTTP; `none` without an answer. */
  readonly status: number | 'none'
  readonly durationMillis: number
}

// constructors

export const watch = (
  http: Http.Http,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  onAttempt: (attempt: SeenAttempt) => void,
): WatchedHttp => {
  const nowMillis = stopwatch(clock)
  let isDown = false
  const watched: Http.Http = (request) => async () => {
    const startMillis = nowMillis()
    const answer = await http(request)()
    const status = E.isRight(answer) ? answer.right.status : 'none'
    isDown = status === 'none' || status >= 500
    onAttempt({ status, durationMillis: nowMillis() - startMillis })
    return answer
  }
  return {
    isDown: () => isDown,
    http: ReplaceableHttp.withTraits(watched, {
      close: async () => {
        await http.close?.()
      },
      skipsVerify: () => http.skipsVerify === true,
    }),
  }
}
