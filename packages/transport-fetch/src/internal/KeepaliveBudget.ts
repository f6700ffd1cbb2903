/**
 * A limit for simultaneous requests with `keepalive`. A browser refuses such a request if the bodies of all of them together
 * exceed 64 KiB (fetch.spec.whatwg.org, "HTTP-network-or-cache fetch"); Chromium also limits their number.
 */

// model

export interface KeepaliveBudget {
  /** Reserves space for a body and returns the function that releases it; `undefined` if there is no space. */
  readonly take: (bytes: number) => (() => void) | undefined
}

// constructors

const MAX_BYTES = 60 * 1024

/** Chromium's limit is not documented; Sentry's client allows fifteen (`packages/browser/src/transports/fetch.ts`). */
const MAX_REQUESTS = 15

/** For one `Http`. Other requests of the page are unknown, so some space is left for them. */
export const make = (): KeepaliveBudget => {
  let pendingBytes = 0
  let pendingRequests = 0
  return {
    take: (bytes) => {
      if (pendingBytes + bytes > MAX_BYTES || pendingRequests >= MAX_REQUESTS) return undefined
      pendingBytes += bytes
      pendingRequests++
      return () => {
        pendingBytes -= bytes
        pendingRequests--
      }
    },
  }
}
