/** The JSON of a transaction from its head and its finished spans: nothing is printed twice. */
import type { EventBase } from '@sentry-exporter/core/EventBase'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import * as FinishedSpan from './FinishedSpan.ts'

/**
 * In pieces. Law: joined they are the same bytes as printing the transaction with spans that are JSON values. `base` is what
 * its head ends with, if it shares that with other transactions: it is printed once for all of them.
 */
export const printTransaction = (
  transaction: Transaction<FinishedSpan.FinishedSpan>,
  base?: EventBase,
): ReadonlyArray<Utf8.Part> => {
  const parts: Array<Utf8.Part> =
    base === undefined ? [headOf(transaction)] : [ownHeadOf(transaction), sharedHeadOf(base)]
  let isFirst = true
  for (const span of transaction.spans) {
    if (isFirst) isFirst = false
    else parts.push(COMMA)
    if (span.hung === undefined) parts.push(span)
    else parts.push(...FinishedSpan.parts(span))
  }
  parts.push(END)
  return parts
}

const headOf = ({ spans: _, ...head }: Transaction<FinishedSpan.FinishedSpan>): string =>
  `${WellFormed.stringify(head).slice(0, -1)},"spans":[`

/** Up to where the shared contexts begin. */
const ownHeadOf = (transaction: Transaction<FinishedSpan.FinishedSpan>): string => {
  // hot: once for each transaction, so fields are named, in the order in which they are printed.
  const { trace, replay, response } = transaction.contexts
  const own = {
    event_id: transaction.event_id,
    type: transaction.type,
    start_timestamp: transaction.start_timestamp,
    timestamp: transaction.timestamp,
    transaction: transaction.transaction,
    transaction_info: transaction.transaction_info,
    measurements: transaction.measurements,
    request: transaction.request,
    user: transaction.user,
    breadcrumbs: transaction.breadcrumbs,
    contexts: { trace, replay, response },
  }
  return WellFormed.stringify(own).slice(0, -CLOSED.length)
}

const CLOSED = '}}'

/** From the shared contexts to the first span. */
const sharedHeadOf = (base: EventBase): Utf8.Slice => {
  const known = SHARED.get(base)
  if (known !== undefined) return known
  const contexts = inner(base.resource)
  const after = contexts === '' ? '' : ','
  const head = Utf8.whole(Utf8.encode(`${after}${contexts}},${inner(base.fields)},"spans":[`))
  SHARED.set(base, head)
  return head
}

/** An object without its braces. */
const inner = (object: object): string => WellFormed.stringify(object).slice(1, -1)

const SHARED = new WeakMap<EventBase, Utf8.Slice>()

const COMMA = Utf8.whole(Utf8.encode(','))

const END = Utf8.whole(Utf8.encode(']}'))
