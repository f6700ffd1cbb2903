/**
 * A limit for simultaneous requests with `keepalive`. A browser refuses such a request if the bodies of all of them together
 * exceed 64 KiB (fetch.spec.whatwg.org, "HTTP-network-or-cache fetch"); Chromium also limits their number.
 */

// model

export interface KeepaliveBudget {
  /**
   * Reserves space for a body and returns the function that releases it; `undefined` if there is no space. The space of an aborted
   * request is free after a time, since Chromium continues it.
   */
  readonly take: (bytes: number) => ((isAborted: boolean) => void) | undefined
}

// constructors

const MAX_BYTES = 60 * 1024

/** Chromium's limit is not documented; Sentry's client allows fifteen (`packages/browser/src/transports/fetch.ts`). */
const MAX_REQUESTS = 15

/** In version 156 a server that never answers saw the connections of aborted requests end after 30.3 seconds. */
const ABORTED_MILLIS = 35_000

/** Every runtime has it; declared here since this package knows no runtime. Only timers of Node can be `unref`'d. */
declare const setTimeout: (callback: () => void, millis: number) => { unref?(): void }

const whenEnded = (release: () => void): void => setTimeout(release, ABORTED_MILLIS).unref?.()

/** For one `Http`. Other requests of the page are unknown, so some space is left for them. `later` is called for aborted requests. */
export const make = (later: (release: () => void) => void = whenEnded): KeepaliveBudget => {
  let pendingBytes = 0
  let pendingRequests = 0
  return {
    take: (bytes) => {
      if (pendingBytes + bytes > MAX_BYTES || pendingRequests >= MAX_REQUESTS) return undefined
      pendingBytes += bytes
      pendingRequests++
      const release = (): void => {
        pendingBytes -= bytes
        pendingRequests--
      }
      return (isAborted) => (isAborted ? later(release) : release())
    },
  }
}
