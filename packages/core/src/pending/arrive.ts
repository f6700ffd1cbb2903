/** Spans arrive: to wait, to be released at once, or as tombstones of spans that a hook dropped. */

import { groupByTrace } from '../internal/groupByTrace.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import * as Losses from '../model/Losses.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import { areHalves } from '../segment/Halves.ts'
import type { Node } from '../segment/Node.ts'
import { separate } from '../segment/separateHalves.ts'
import * as PendingTrace from './PendingTrace.ts'
import * as SentHistory from './SentHistory.ts'
import * as Work from './Work.ts'

// transformations

/** Adds nodes to their traces, and releases the segments that are ready at once. The cost depends on the arrived nodes and the released segments. */
export const arrive = <A>(work: Work.Work<A>, nodes: ReadonlyArray<Node<A>>): void => {
  for (const [id, ofTrace] of groupByTrace(nodes)) arriveInTrace(work, id, ofTrace)
}

const arriveInTrace = <A>(
  work: Work.Work<A>,
  id: TraceId,
  arrived: ReadonlyArray<Node<A>>,
): void => {
  const { limits, nowMillis } = work
  const history = SentHistory.ofTrace(work.sentHistory, id)
  const { sent } = history
  const nodes = sent === undefined ? arrived : notSent(arrived, sent)
  work.losses = Losses.concat(work.losses, Losses.of('duplicate', arrived.length - nodes.length))
  if (nodes.length === 0) return
  const before = IdMap.get(work.traces, id) ?? PendingTrace.empty
  const arrival = { nodes, history, nowMillis, acceptedMillis: work.acceptedMillis }
  const trace = PendingTrace.add(limits)<A>(before, arrival)
  const isFull = trace.count > limits.maxSpansPerTrace
  // A timer that is due on arrival is not scheduled.
  const isDue = trace.timerMillis !== undefined && trace.timerMillis <= nowMillis
  if (!isFull && !isDue) {
    Work.beginWait(work, nodes)
    Work.put(work, id, trace)
    return
  }
  const completed = isFull ? undefined : work.takeCompleted(before, arrival)
  if (completed !== undefined) {
    Work.beginWait(work, nodes)
    Work.releaseCompleted(work, id, completed, history)
    return
  }
  const later = isFull ? undefined : PendingTrace.linkedLater(before, trace, nowMillis)
  if (later !== undefined) {
    Work.beginWait(work, nodes)
    Work.put(work, id, later)
    return
  }
  const untilMillis = isFull ? Number.POSITIVE_INFINITY : nowMillis
  Work.release(work, { id, trace, history, untilMillis })
}

/** Without copies of spans that were sent. The other half of a call that was sent gets an id of its own. */
const notSent = <A>(
  arrived: ReadonlyArray<Node<A>>,
  sent: NonNullable<SentHistory.TraceHistory['sent']>,
): ReadonlyArray<Node<A>> => {
  const nodes: Array<Node<A>> = []
  for (const node of arrived) {
    const known = sent(node.spanId)
    if (known === undefined) nodes.push(node)
    else if (areHalves(known.kind, node.traits.kind)) {
      const half = separate(node)
      if (sent(half.spanId) === undefined) nodes.push(half)
    }
  }
  return nodes
}

/** Records spans that a hook dropped or failed for, and counts them. Nodes that wait for them are checked after the settling time. */
export const recordDropped = <A>(work: Work.Work<A>, dropped: ReadonlyArray<DroppedSpan>): void => {
  if (dropped.length === 0) return
  const { limits, nowMillis } = work
  const hook_failed = dropped.reduce((sum, { isFailed }) => sum + Number(isFailed), 0)
  const counts = { before_send: dropped.length - hook_failed, hook_failed }
  work.losses = Losses.concat(work.losses, Losses.ofCounts(counts))
  for (const [id, spans] of groupByTrace(dropped)) {
    work.sentHistory = SentHistory.recordDropped(limits)(work.sentHistory, id, spans, nowMillis)
    const trace = IdMap.get(work.traces, id)
    if (trace !== undefined) Work.put(work, id, PendingTrace.afterDrop(limits)(trace, nowMillis))
  }
}
