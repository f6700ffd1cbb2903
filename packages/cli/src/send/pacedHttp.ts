/** An `Http` that starts at most so many requests a second, in even steps: for projects whose quota a whole recording would exceed. */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'

const MILLIS_PER_SECOND = 1_000

// transformations

export const pacedHttp = (
  clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>,
  perSecond: number,
  http: Http,
): Http => {
  const watch = stopwatch(clock)
  let nextMillis = watch()
  return Object.assign<Http, Pick<Http, 'close' | 'skipsVerify'>>(
    (request) => async () => {
      const nowMillis = watch()
      const startMillis = Math.max(nowMillis, nextMillis)
      nextMillis = startMillis + MILLIS_PER_SECOND / perSecond
      if (startMillis > nowMillis) await clock.sleep(startMillis - nowMillis)()
      return http(request)()
    },
    { close: http.close, skipsVerify: http.skipsVerify },
  )
}
