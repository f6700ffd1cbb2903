/**
 * How much of what outlives its page may be under way at a time. A browser refuses a request with `keepalive` that brings the
 * bodies of all of them above 64 KiB (fetch.spec.whatwg.org, "HTTP-network-or-cache fetch"); Chromium refuses many small ones too.
 */

// model

export interface KeepaliveBudget {
  /** Whether a body still fits; if so, what gives its place back. */
  readonly take: (bytes: number) => (() => void) | undefined
}

// constructors

/** Of one `Http`: what others on the page have under way is not known, hence the slack. */
export const make = (): KeepaliveBudget => {
  let bytesUnderWay = 0
  let requestsUnderWay = 0
  return {
    take: (bytes) => {
      if (bytesUnderWay + bytes > MAX_BYTES || requestsUnderWay >= MAX_REQUESTS) return undefined
      bytesUnderWay += bytes
      requestsUnderWay++
      return () => {
        bytesUnderWay -= bytes
        requestsUnderWay--
      }
    },
  }
}

const MAX_BYTES = 60 * 1024

/** Chromium's own limit is not documented; Sentry's client keeps to fifteen (`packages/browser/src/transports/fetch.ts`). */
const MAX_REQUESTS = 15
