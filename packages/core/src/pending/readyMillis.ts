/** When a waiting segment is ready, and when its exceptions have waited long enough. */

import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type * as Node from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'

// model

/** When the nodes of a trace arrived. */
export type Arrivals = ReadonlyMap<SpanId, number>

// folds

/** When a segment is ready if no more nodes arrive. `isLost`: whether its missing parent is known not to come. */
export const readyMillis = <A>(
  limits: Limits,
  segment: Segment.Segment<A>,
  arrivals: Arrivals,
  isLost = false,
): number => {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const { spanId } of Segment.nodes(segment)) {
    const atMillis = arrivals.get(spanId) ?? 0
    if (atMillis < first) first = atMillis
    if (atMillis > last) last = atMillis
  }
  const { origin, root } = segment
  if (!isLost && origin._tag === 'Continuation' && origin.reason === 'missing-parent') {
    return Math.min(last + limits.orphanWaitMillis, first + limits.maxOrphanWaitMillis)
  }
  const entered = SyntheticRoot.isSynthetic(root) ? first : (arrivals.get(root.spanId) ?? first)
  return Math.min(last + limits.settleMillis, entered + limits.maxWaitMillis)
}

/** When the first of some nodes with exceptions has waited long enough; infinite without nodes. */
export const earlyMillis = <A>(
  limits: Limits,
  urgent: ReadonlyArray<Node.Node<A>>,
  arrivals: Arrivals,
): number => {
  let first = Number.POSITIVE_INFINITY
  for (const { spanId } of urgent) first = Math.min(first, arrivals.get(spanId) ?? 0)
  return first + limits.errorWaitMillis
}
