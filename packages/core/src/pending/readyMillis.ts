/** When a waiting segment is ready, and when its exceptions have waited long enough. */

import type { Limits } from '../model/Limits.ts'
import type * as Node from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import * as Arrivals from './Arrivals.ts'

// model

/** The facts about a segment that its nodes do not have. */
interface Circumstances {
  readonly arrivals: Arrivals.Arrivals
  /** Whether its missing parent is known not to come. */
  readonly isLost: boolean
  /** Whether the entry of its trace is known to be open. */
  readonly isOpen: boolean
}

// guards

/** Whether the parent of a segment may still come. `isLost`: it is known not to come. */
export const waitsForEntry = <A>({ origin }: Segment.Segment<A>, isLost: boolean): boolean =>
  !isLost && origin._tag === 'Continuation' && origin.reason === 'missing-parent'

// folds

/** When a segment is ready if no more nodes arrive. */
export const readyMillis = <A>(
  limits: Limits,
  segment: Segment.Segment<A>,
  { arrivals, isLost, isOpen }: Circumstances,
): number => {
  const [first, last] = Arrivals.range(arrivals, Segment.nodes(segment))
  const { origin, root } = segment
  if (waitsForEntry(segment, isLost)) {
    const maxMillis = first + limits.maxOrphanWaitMillis
    return isOpen ? maxMillis : Math.min(last + limits.orphanWaitMillis, maxMillis)
  }
  const isLate = origin._tag === 'Continuation' && origin.reason === 'late'
  const settleMillis = isLate ? limits.lateSettleMillis : limits.settleMillis
  const entered = SyntheticRoot.isSynthetic(root) ? first : Arrivals.of(arrivals, root.spanId)
  return Math.min(last + settleMillis, entered + limits.maxWaitMillis)
}

/** When the first of some nodes with exceptions has waited long enough; infinite without nodes. */
export const earlyMillis = <A>(
  limits: Limits,
  urgent: ReadonlyArray<Node.Node<A>>,
  arrivals: Arrivals.Arrivals,
): number => {
  if (urgent.length === 0) return Number.POSITIVE_INFINITY
  const [first] = Arrivals.range(arrivals, urgent)
  return first + limits.errorWaitMillis
}
