/** A policy: no more than so many are under way at a time; the others wait, errors first. */
import * as Queue from './Queue.ts'
import type { Policy } from './Transport.ts'

/** Without a bound on what waits: that is what a queue is for. */
export const withConcurrency =
  (concurrency: number): Policy =>
  (transport) =>
    Queue.make({
      concurrency,
      overflow: 'block',
      maxItems: Number.POSITIVE_INFINITY,
      maxBytes: Number.POSITIVE_INFINITY,
    }).policy(transport)
