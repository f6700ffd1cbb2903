/** Releases what waits: everything, or the segments that wait only for more of their spans. */

import * as IdMap from '../internal/persistent/IdMap.ts'
import * as PendingTrace from './PendingTrace.ts'
import * as Schedule from './Schedule.ts'
import * as Work from './Work.ts'

// transformations

export const flush = <A>(work: Work.Work<A>): void => {
  for (const [id] of IdMap.entries(work.traces)) {
    Work.releaseWaiting(work, id, Number.POSITIVE_INFINITY)
  }
}

/**
 * Releases the segments whose entry has arrived, or whose parent was sent. Their timers are the earliest ones, so that traces
 * without such a segment are not looked at.
 */
export const flushEntered = <A>(work: Work.Work<A>): void => {
  const { limits, nowMillis } = work
  // A large trace is linked again after a delay, which is part of its timer.
  const delayMillis = PendingTrace.linkDelayMillis(Math.min(work.nodes, limits.maxSpansPerTrace))
  const settleMillis = Math.max(limits.settleMillis, limits.lateSettleMillis)
  const untilMillis = nowMillis + settleMillis + delayMillis
  for (const id of Schedule.dueUntil(work.schedule, work.traces, untilMillis)) {
    Work.releaseWaiting(work, id, nowMillis, true)
  }
}
