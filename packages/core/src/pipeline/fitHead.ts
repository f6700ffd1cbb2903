/**
 * Trims the head of a transaction to the limits of the server: it keeps 8 KiB of each context, and refuses an event that is too
 * large as a whole. The data of the root is trimmed first, then breadcrumbs, tags and the rest.
 */
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import { TRIMMED } from '../sentry/fitSpan.ts'
import type { TraceContext } from '../sentry/TraceContext.ts'
import { bytesOf, MAX_CONTEXT_BYTES } from '../size/fitContext.ts'
import { shrink, shrinkTags } from '../size/shrink.ts'
import type { Transaction } from './Transaction.ts'

/** Bytes: enough for `"breadcrumbs":{"values":[]},`, or for one field of data. */
const MARGIN = 64

/** Returns the transaction itself if its head is within the limits. */
export const fitHead = <A>(transaction: Transaction<A>, maxBytes: number): Transaction<A> => {
  const { trace } = transaction.contexts
  const fittedTrace = fitTrace(trace)
  const fitted =
    fittedTrace === trace
      ? transaction
      : { ...transaction, contexts: { ...transaction.contexts, trace: fittedTrace } }
  return fitWhole(fitted, maxBytes)
}

const fitTrace = (trace: TraceContext): TraceContext => {
  // With room for the field that `clampToServerWindow` may add.
  const surplus = (one: TraceContext): number => bytesOf(one) + MARGIN - MAX_CONTEXT_BYTES
  if (surplus(trace) <= 0) return trace
  const withData = (data: TraceContext['data']): TraceContext => ({
    ...trace,
    data: { ...data, [TRIMMED]: true },
  })
  const fitted = withData(shrink(trace.data ?? {}, surplus(withData(trace.data))))
  if (surplus(fitted) <= 0) return fitted
  const { links: _, ...rest } = fitted
  return rest
}

const fitWhole = <A>(transaction: Transaction<A>, maxBytes: number): Transaction<A> => {
  const surplus = (one: Omit<Transaction<A>, 'spans'>): number =>
    bytesOf({ ...one, spans: [] }) - maxBytes
  if (surplus(transaction) <= 0) return transaction
  const { breadcrumbs, measurements, spans, ...head } = transaction
  const { trace } = head.contexts
  const marked = {
    ...head,
    contexts: { ...head.contexts, trace: { ...trace, data: { ...trace.data, [TRIMMED]: true } } },
  }
  const smallest = { ...marked, tags: shrinkTags(marked.tags, surplus(marked)) }
  const kept = Breadcrumb.within(breadcrumbs?.values ?? [], -surplus(smallest) - MARGIN)
  const fitted = {
    ...smallest,
    ...(measurements === undefined ? {} : { measurements }),
    ...(kept.length === 0 ? {} : { breadcrumbs: { values: kept } }),
  }
  return { ...(surplus(fitted) <= 0 ? fitted : smallest), spans }
}
