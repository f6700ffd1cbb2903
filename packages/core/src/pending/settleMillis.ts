/** The wait after which the arrival of a node can make a segment ready. */

import type { Limits } from '../model/Limits.ts'
import type * as Node from '../segment/Node.ts'
import type * as SentHistory from './SentHistory.ts'

// folds

/**
 * The shortest wait of a segment that the arrival of a node can make ready: the node is an entry, or a late child, or one of a
 * dropped span. Infinite for another node.
 */
export const settleMillis = <A>(
  limits: Limits,
  { traits, parentSpanId }: Node.Node<A>,
  { sent, dropped }: SentHistory.TraceHistory,
): number => {
  const isLate = parentSpanId !== undefined && sent?.(parentSpanId) !== undefined
  const mayEnter =
    traits.entry !== 'inner' ||
    (parentSpanId !== undefined && dropped?.(parentSpanId) !== undefined)
  return Math.min(
    isLate ? Math.min(limits.lateSettleMillis, limits.maxWaitMillis) : Number.POSITIVE_INFINITY,
    mayEnter ? Math.min(limits.settleMillis, limits.maxWaitMillis) : Number.POSITIVE_INFINITY,
  )
}
