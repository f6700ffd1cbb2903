/** Prints transactions from their heads and their printed spans: nothing is printed twice. */
import type { EventBase } from '@sentry-exporter/core/pipeline'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import * as FinishedSpan from './FinishedSpan.ts'

// model

/**
 * The JSON of a transaction, in pieces. Law: joined they are the same bytes as the transaction printed with spans that are JSON
 * values. `base` is the end of its head, if it shares that with other transactions: it is printed once for all of them.
 */
export type TransactionPrinter = (
  transaction: Transaction<FinishedSpan.FinishedSpan>,
  base?: EventBase.EventBase,
) => ReadonlyArray<Utf8.Part>

// constructors

/** A printer for one pipeline: it remembers the heads that it shared. */
export const make = (): TransactionPrinter => {
  const sharedHeadOf = sharedHeads()
  // A buffer for each head would take longer to make than the head to print.
  const pool = Utf8.pool(POOL_BYTES)
  const toSlice = (part: Utf8.Part): Utf8.Slice =>
    typeof part === 'string' ? pool.encode(part) : part
  return (transaction, base) => {
    const parts: Array<Utf8.Slice> =
      base === undefined
        ? [pool.encode(headOf(transaction))]
        : [pool.encode(ownHeadOf(transaction)), sharedHeadOf(base)]
    let isFirst = true
    for (const span of transaction.spans) {
      if (isFirst) isFirst = false
      else parts.push(COMMA)
      if (span.reparented === undefined) parts.push(span)
      else for (const part of FinishedSpan.parts(span)) parts.push(toSlice(part))
    }
    parts.push(END)
    return parts
  }
}

const POOL_BYTES = 64 * 1024

// encoding

const COMMA = Utf8.whole(Utf8.encode(','))

const END = Utf8.whole(Utf8.encode(']}'))

const headOf = ({ spans: _, ...head }: Transaction<FinishedSpan.FinishedSpan>): string =>
  `${WellFormed.stringify(head).slice(0, -1)},"spans":[`

/** The end of a head whose last field is its contexts. */
const CONTEXTS_END = '}}'

/** Up to the shared contexts. */
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
  return WellFormed.stringify(own).slice(0, -CONTEXTS_END.length)
}

/** From the shared contexts to the first span. */
const sharedHeads = (): ((base: EventBase.EventBase) => Utf8.Slice) => {
  const known = new WeakMap<EventBase.EventBase, Utf8.Slice>()
  return (base) => {
    const printed = known.get(base)
    if (printed !== undefined) return printed
    const contexts = withoutBraces(base.resource)
    const after = contexts === '' ? '' : ','
    const text = `${after}${contexts}},${withoutBraces(base.fields)},"spans":[`
    const head = Utf8.whole(Utf8.encode(text))
    known.set(base, head)
    return head
  }
}

const withoutBraces = (object: object): string => WellFormed.stringify(object).slice(1, -1)
