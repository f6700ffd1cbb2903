/**
 * The bytes that the requests under way may hold together. A reader takes bytes before it keeps them. The lease of a request
 * returns all its bytes at once when the request ends.
 *
 * @example
 * ```ts
 * import { Budget } from '@sentry-exporter/gateway'
 *
 * const budget = Budget.make(100)
 * const request = budget.lease()
 * console.log(request.take(60), request.take(60), budget.held()) // true false 60
 * request.end()
 * console.log(budget.held()) // 0
 * ```
 */

// model

export interface Budget {
  readonly lease: () => Lease
  /** The bytes that are taken now. */
  readonly held: () => number
}

export interface Lease {
  /** Whether the bytes were taken. If not, none of them are. */
  readonly take: (bytes: number) => boolean
  /** Returns everything. May be called twice. */
  readonly end: () => void
}

/** A budget below this would refuse ordinary senders that send at once. */
const MIN_BUDGET_BYTES = 64 * 1024 * 1024

/** Two requests of the maximum size, each with its compressed and its decompressed body. */
const BODIES_IN_BUDGET = 4

// constructors

export const make = (maxBytes: number): Budget => {
  let held = 0
  const lease = (): Lease => {
    let own = 0
    return {
      take: (bytes) => {
        if (held + bytes > maxBytes) return false
        held += bytes
        own += bytes
        return true
      },
      end: () => {
        held -= own
        own = 0
      },
    }
  }
  return { lease, held: () => held }
}

/** The budget of a receiver whose bodies have at most this many bytes. */
export const forBodies = (maxBodyBytes: number): Budget =>
  make(Math.max(MIN_BUDGET_BYTES, BODIES_IN_BUDGET * maxBodyBytes))
