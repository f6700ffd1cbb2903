/** The limit of one request: a signal that aborts after a time, or when the caller gives the request up. */
import type { AbortSignalLike } from '@sentry-exporter/transport'

// model

export interface RequestLimit {
  /** Its reason is a `TimeoutError` after the time, and an `AbortError` if the caller gave up. */
  readonly signal: AbortSignal
  /** Rejects with that reason. undici rejects a request without a connection only when it has one. */
  readonly reached: Promise<never>
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
  const { signal } = controller
  const reached = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    if (signal.aborted) reject(signal.reason)
  })
  // Without a handler, a rejection after the end of the request would be reported as unhandled.
  reached.catch(() => undefined)
  return {
    signal,
    reached,
    end: () => {
      clearTimeout(timer)
      given?.removeEventListener('abort', giveUp)
    },
  }
}
