/**
 * Requests and timers of the exporter make no spans: they run in a context in which tracing is suppressed, and which has nothing of the
 * request that happened to be active. Instrumentations look at it when a request is made, so that each request is wrapped, and not
 * the call that leads to it: in browsers a context is lost at the first `await`.
 */
import { type Context, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'

// model

/** The key of `suppressTracing` (`packages/opentelemetry-core/src/trace/suppress-tracing.ts` of open-telemetry/opentelemetry-js). */
const KEY = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

const SUPPRESSED = /* @__PURE__ */ ROOT_CONTEXT.setValue(KEY, true)

// guards

export const isSuppressed = (given: Context): boolean => given.getValue(KEY) === true

/** Whether instrumentations see the suppressed context: without a context manager there is no current one. */
export const canSuppress = (): boolean => suppressed(() => isSuppressed(context.active()))

// running

export const suppressed = <A>(run: () => A): A => context.with(SUPPRESSED, run)

/** The same `Http`, without spans of its requests. */
export const suppressedHttp = (http: Http): Http =>
  Object.assign<Http, Pick<Http, 'close' | 'skipsVerify'>>(
    (request) => () => suppressed(http(request)),
    { close: http.close, skipsVerify: http.skipsVerify },
  )

/** The same clock: its timers do not retain the context in which they are set. */
export const suppressedClock = (clock: Clock): Clock => ({
  ...clock,
  sleep: (millis) => () => suppressed(clock.sleep(millis)),
  setTimer: (millis, callback, options) =>
    suppressed(() => clock.setTimer(millis, callback, options)),
})
