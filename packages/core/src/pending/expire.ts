/** Releases the ready segments of the traces whose timers have passed. */

import * as Schedule from './Schedule.ts'
import * as Work from './Work.ts'

// transformations

export const expire = <A>(work: Work.Work<A>): void => {
  for (;;) {
    const next = Schedule.next(work.schedule, work.traces)
    if (next === undefined || next.atMillis > work.nowMillis) return
    work.schedule = next.schedule
    Work.releaseWaiting(work, next.id, work.nowMillis)
  }
}
