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
  // hot: once for each span
  const isKnown = parentSpanId !== undefined && (sent !== undefined || dropped !== undefined)
  const isLate = isKnown && sent?.(parentSpanId) !== undefined
  const mayEnter = traits.entry !== 'inner' || (isKnown && dropped?.(parentSpanId) !== undefined)
  if (!isLate && !mayEnter) return Number.POSITIVE_INFINITY
  const millis = isLate
    ? mayEnter
      ? Math.min(limits.lateSettleMillis, limits.settleMillis)
      : limits.lateSettleMillis
    : limits.settleMillis
  return Math.min(millis, limits.maxWaitMillis)
}
