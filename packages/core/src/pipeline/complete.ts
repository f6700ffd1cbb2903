/** The last steps of a transaction: what users do with it, and what only a clock can tell. */
import * as O from '#fp-ts/Option'
import * as Hook from '../filter/Hook.ts'
import * as Tags from '../mapping/Tags.ts'
import type { Limits } from '../model/Limits.ts'
import type { Payload } from '../segment/Payload.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import { clampToServerWindow } from './clampToServerWindow.ts'
import { fitHead } from './fitHead.ts'
import type * as Hooks from './Hooks.ts'
import type * as Transaction from './Transaction.ts'

// model

export interface Completed<A> {
  /** `undefined` if a hook dropped it. */
  readonly transaction: Transaction.Transaction<A> | undefined
  /** Whether it was moved into the time that the server takes. */
  readonly isMoved: boolean
}

// destructors

/** Times stay as they are where there is no clock, which is zero, or one that does not count from 1970. */
export const complete = <A>(
  hook: Hooks.Hooks['transaction'],
  limits: Pick<Limits, 'maxHeadBytes'>,
  payload: Payload<A>,
): ((nowMillis: number) => (transaction: Transaction.Transaction<A>) => Completed<A>) => {
  const hooked = withHook(hook, limits, payload)
  return (nowMillis) => {
    const move = nowMillis >= MIN_DATE ? clampToServerWindow(payload, nowMillis) : undefined
    return (given) => {
      const kept = hooked(given)
      if (kept === undefined || move === undefined) return { transaction: kept, isMoved: false }
      const transaction = move(kept)
      return { transaction, isMoved: transaction !== kept }
    }
  }
}

/** The year 2001. */
const MIN_DATE = 1e12

/** A head as a hook gave it back is held to the same rules as before; ids and times stay. */
const withHook =
  <A>(
    hook: Hooks.Hooks['transaction'],
    limits: Pick<Limits, 'maxHeadBytes'>,
    payload: Payload<A>,
  ) =>
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
      limits.maxHeadBytes,
    )
  }
