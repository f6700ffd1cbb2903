/**
 * A limit for simultaneous requests with `keepalive`. A browser refuses such a request if the bodies of all of them together
 * exceed 64 KiB (fetch.spec.whatwg.org, "HTTP-network-or-cache fetch"); Chromium also limits their number.
 */

// model

export interface KeepaliveBudget {
  /** Reserves space for a body; `undefined` if there is no space. */
  readonly take: (bytes: number) => Reservation | undefined
}

export interface Reservation {
  /** The request has its answer, or failed. */
  readonly release: () => void
  /** The request was aborted, which Chromium does not pass on: the space is free after a time. */
  readonly releaseLater: () => void
}

// constructors

const MAX_BYTES = 60 * 1024

/** Chromium's limit is not documented; Sentry's client allows fifteen (`packages/browser/src/transports/fetch.ts`). */
const MAX_REQUESTS = 15

/**
 * Chromium continues an aborted request for 30 seconds, and its body counts until then: measured with version 156, in which a server
 * that never answers saw the connections end after 30.3 seconds.
 */
const ABORTED_MILLIS = 35_000

/** For one `Http`. Other requests of the page are unknown, so some space is left for them. */
export const make = (now: () => number = Date.now): KeepaliveBudget => {
  let pendingBytes = 0
  let pendingRequests = 0
  const aborted: Array<{ readonly untilMillis: number; readonly bytes: number }> = []
  const release = (bytes: number): void => {
    pendingBytes -= bytes
    pendingRequests--
  }
  /** The oldest is first. */
  const releaseAborted = (): void => {
    for (let first = aborted[0]; first && first.untilMillis <= now(); first = aborted[0]) {
      aborted.shift()
      release(first.bytes)
    }
  }
  return {
    take: (bytes) => {
      releaseAborted()
      if (pendingBytes + bytes > MAX_BYTES || pendingRequests >= MAX_REQUESTS) return undefined
      pendingBytes += bytes
      pendingRequests++
      return {
        release: () => release(bytes),
        releaseLater: () => void aborted.push({ untilMillis: now() + ABORTED_MILLIS, bytes }),
      }
    },
  }
}
