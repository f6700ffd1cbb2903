/** Releases everything that waits. */

import * as IdMap from '../internal/persistent/IdMap.ts'
import * as Work from './Work.ts'

// transformations

export const flush = <A>(work: Work.Work<A>): void => {
  for (const [id] of IdMap.entries(work.traces)) {
    Work.releaseWaiting(work, id, Number.POSITIVE_INFINITY)
  }
}
