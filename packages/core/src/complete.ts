/** The last steps of a transaction and of an error: what users do with them, and what only a clock can tell. */
import * as O from '#fp-ts/Option'
import type { ErrorEvent } from './ErrorEvent.ts'
import type { Finished } from './finish.ts'
import { fitHead } from './fitHead.ts'
import * as Hook from './Hook.ts'
import type * as Hooks from './Hooks.ts'
import { inRange } from './inRange.ts'
import type { Limits } from './Limits.ts'
import * as Losses from './Losses.ts'
import type { Payload } from './Payload.ts'
import * as Tags from './Tags.ts'
import * as Transaction from './Transaction.ts'

// destructors

/** Times stay as they are where there is no clock, which is zero, or one that does not count from 1970. */
export const complete = <A>(
  hooks: Pick<Hooks.Hooks, 'error' | 'transaction'>,
  limits: Pick<Limits, 'maxHeadBytes'>,
  payload: Payload<A>,
): ((finished: Finished<A>, nowMillis: number) => Finished<A>) => {
  const hooked = withHook(hooks.transaction, limits, payload)
  return (finished, nowMillis) => {
    const move = nowMillis >= LEAST_DATE ? inRange(payload, nowMillis) : undefined
    const transactions: Array<Transaction.Transaction<A>> = []
    let moved = 0
    let dropped = 0
    for (const transaction of finished.transactions) {
      const kept = hooked(transaction)
      if (kept === undefined) {
        dropped += Transaction.spanCount(transaction)
        continue
      }
      const placed = move === undefined ? kept : move(kept)
      if (placed !== kept) moved++
      transactions.push(placed)
    }
    const errors = withErrorHook(hooks.error)(finished.errors)
    return {
      transactions,
      errors,
      losses: Losses.concatAll([
        finished.losses,
        Losses.of('before_send', dropped),
        Losses.of('before_send_error', finished.errors.length - errors.length),
        Losses.of('moved', moved),
      ]),
    }
  }
}

/** The year 2001. */
const LEAST_DATE = 1e12

const withErrorHook =
  (hook: Hooks.Hooks['error']) =>
  (errors: ReadonlyArray<ErrorEvent>): ReadonlyArray<ErrorEvent> =>
    hook === undefined
      ? errors
      : errors.flatMap((error) => {
          const kept = Hook.run(() => hook(error))
          // The id is made of the content that came in, so that a repetition is known as one.
          return O.isSome(kept) ? [{ ...kept.value, event_id: error.event_id }] : []
        })

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
        transaction: Transaction.fitName(given.transaction) ?? transaction.transaction,
        tags: Tags.fit(given.tags),
        contexts: { ...given.contexts, trace: { ...given.contexts.trace, trace_id, span_id } },
        spans,
      },
      limits.maxHeadBytes,
    )
  }
