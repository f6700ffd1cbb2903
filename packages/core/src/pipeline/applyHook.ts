/** Runs the hook of users on a transaction. */
import * as O from '#fp-ts/Option'
import * as Hook from '../filter/Hook.ts'
import * as Tags from '../mapping/Tags.ts'
import type { Payload } from '../segment/Payload.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import { fitHead, type HeadLimits } from './fitHead.ts'
import type * as Hooks from './Hooks.ts'
import type * as Transaction from './Transaction.ts'

/**
 * `undefined` if the hook dropped it. A head that comes back from a hook is held to the same limits as before; its ids and times
 * stay.
 */
export const applyHook =
  <A>(hook: Hooks.Hooks['transaction'], limits: HeadLimits, payload: Payload<A>) =>
  (transaction: Transaction.Transaction<A>): Transaction.Transaction<A> | undefined => {
    if (hook === undefined) return transaction
    const { spans, ...head } = transaction
    const kept = Hook.run(() => hook(head, () => spans.map(payload.read)))
    if (O.isNone(kept)) return undefined
    const { event_id, type, start_timestamp, timestamp, contexts } = transaction
    const { trace_id, span_id } = contexts.trace
    const given = kept.value
    return fitHead(
      {
        ...given,
        event_id,
        type,
        start_timestamp,
        timestamp,
        transaction: SegmentName.fit(given.transaction) ?? transaction.transaction,
        tags: Tags.fit(given.tags),
        contexts: { ...given.contexts, trace: { ...given.contexts.trace, trace_id, span_id } },
        spans,
      },
      limits,
    )
  }
