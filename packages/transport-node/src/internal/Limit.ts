/** The limit of one request: a signal that aborts after a time, or when the caller gives the request up. */
import type { AbortSignalLike } from '@sentry-exporter/transport'

// model

export interface RequestLimit {
  /** Its reason is a `TimeoutError` after the time, and an `AbortError` if the caller gave up. */
  readonly signal: AbortSignal
  /** Ends the limit together with its request. */
  readonly end: () => void
}

// constructors

export const of = (timeoutMillis: number, given: AbortSignalLike | undefined): RequestLimit => {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new DOMException('the time is over', 'TimeoutError')),
    timeoutMillis,
  )
  const giveUp = (): void => controller.abort()
  if (given?.aborted) giveUp()
  else given?.addEventListener('abort', giveUp)
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      given?.removeEventListener('abort', giveUp)
    },
  }
}
