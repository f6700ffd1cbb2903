/** Releases the traces with the oldest last arrivals until the others are within the limits. */

import * as Schedule from './Schedule.ts'
import * as Work from './Work.ts'

// transformations

export const evict = <A>(work: Work.Work<A>): void => {
  const { maxTraces, maxPendingBytes } = work.limits
  while (work.waitingTraces > maxTraces || work.bytes > maxPendingBytes) {
    const oldest = Schedule.oldest(work.schedule, work.traces)
    if (oldest === undefined) return
    work.schedule = oldest.schedule
    Work.releaseWaiting(work, oldest.id, Number.POSITIVE_INFINITY)
  }
}
