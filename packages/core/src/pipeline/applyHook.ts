/** Runs the hook of users on a transaction. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Form from '../filter/Form.ts'
import * as Hook from '../filter/Hook.ts'
import type * as HookFailure from '../filter/HookFailure.ts'
import * as TransactionName from '../mapping/TransactionName.ts'
import type { Payload } from '../segment/Payload.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as EventForm from '../sentry/eventForm.ts'
import { fitHead, type HeadLimits } from './fitHead.ts'
import type * as Hooks from './Hooks.ts'
import type * as Transaction from './Transaction.ts'

// transformations

/**
 * `none` if the hook dropped it. The hook gets copies, in which it may write. A head that comes back is held to the same limits
 * as before; its ids and times stay.
 */
export const applyHook = <A>(
  hook: NonNullable<Hooks.Hooks['transaction']>,
  limits: HeadLimits,
  payload: Payload<A>,
): ((
  transaction: Transaction.Transaction<A>,
) => E.Either<HookFailure.HookFailure, O.Option<Transaction.Transaction<A>>>) => {
  const given = (before: Transaction.Transaction<A>, after: Hooks.Head) =>
    fitHead(
      {
        ...EventForm.repaired(after, before),
        event_id: before.event_id,
        type: before.type,
        start_timestamp: before.start_timestamp,
        timestamp: before.timestamp,
        transaction: SegmentName.fit(after.transaction) ?? before.transaction,
        spans: before.spans,
      },
      limits,
    )
  return (transaction) => {
    const { spans, ...head } = transaction
    const read = () => spans.map((span) => EventForm.copied(payload.read(span)))
    const answer = Hook.ask('beforeSendTransaction', headForm, () =>
      hook(EventForm.copied(head), read),
    )
    return E.map(O.map((after: Hooks.Head) => given(transaction, after)))(answer)
  }
}

const SPANS = 'no spans: beforeSendSpan changes and drops spans'

const headForm: Form.Form<Hooks.Head> = Form.struct<Hooks.Head & { spans?: never }>(
  {
    ...EventForm.common,
    event_id: Form.ignored,
    type: Form.ignored,
    start_timestamp: Form.ignored,
    timestamp: Form.ignored,
    transaction: Form.text,
    transaction_info: Form.struct<Hooks.Head['transaction_info']>(
      { source: Form.oneOf(TransactionName.sources) },
      [],
    ),
    measurements: EventForm.measurements,
    spans: (value, path, reading) => Form.wrong(value, path, reading, SPANS),
  },
  [...EventForm.optional, 'measurements', 'spans'],
  Form.json,
)
