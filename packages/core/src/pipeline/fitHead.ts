/**
 * Trims the head of a transaction to the limits of the server, which cuts the links of a root, and refuses an event that is
 * too large as a whole. Links never cost data. Of a head that is too large, its largest parts are cut first.
 */
import type { JsonObject } from '../model/Json.ts'
import type { Limits } from '../model/Limits.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as SentryLink from '../sentry/SentryLink.ts'
import type { TraceContext } from '../sentry/TraceContext.ts'
import { cutAllTo, cutTo, levelOf } from '../size/cutToLevel.ts'
import { bytesOf, MAX_CONTEXT_BYTES } from '../size/fitContext.ts'
import { serverBytesOf } from '../size/serverBytesOf.ts'
import * as Trimmed from '../size/Trimmed.ts'
import type { Transaction } from './Transaction.ts'

export type HeadLimits = Pick<Limits, 'maxContextBytes' | 'maxHeadBytes'>

/** Bytes of the fields of a trace context that the server adds: `type`, `exclusive_time`, `client_sample_rate`. */
const SERVER_ADDS_BYTES = 64

/** Bytes of the field of data that names the shift of a trace, and some more. */
const MOVED_BYTES = 64

/** Bytes of `"breadcrumbs":{"values":[]},`. */
const AROUND_BREADCRUMBS = 27

/** Returns the transaction itself if its head is within the limits. */
export const fitHead = <A>(transaction: Transaction<A>, limits: HeadLimits): Transaction<A> => {
  const { trace } = transaction.contexts
  const fitted = fitData(fitLinks(trace), limits.maxContextBytes)
  return fitWhole(
    fitted === trace
      ? transaction
      : { ...transaction, contexts: { ...transaction.contexts, trace: fitted } },
    limits.maxHeadBytes,
  )
}

/** The first links that the server keeps. It counts all fields of the context but the data against the limit. */
const fitLinks = (trace: TraceContext): TraceContext => {
  if (trace.links === undefined) return trace
  const { data = {}, links, ...others } = trace
  const room = MAX_CONTEXT_BYTES - SERVER_ADDS_BYTES - serverBytesOf(others)
  const kept = SentryLink.within(links, room, serverBytesOf)
  return kept === links ? trace : withLinks(trace, kept, Trimmed.mark(data, ['links']))
}

const withLinks = (
  { links: _, ...others }: TraceContext,
  links: ReadonlyArray<SentryLink.SentryLink>,
  data: JsonObject,
): TraceContext => ({ ...others, data, ...(links.length === 0 ? {} : { links }) })

/** For servers that count the data too: the data that fits, then the links that still fit. */
const fitData = (trace: TraceContext, maxBytes: number): TraceContext => {
  if (maxBytes === Number.POSITIVE_INFINITY) return trace
  const room = maxBytes - SERVER_ADDS_BYTES - MOVED_BYTES
  if (bytesOf(trace) <= room) return trace
  const { data = {}, links = [], ...others } = trace
  const free = room - Trimmed.MARK_BYTES - bytesOf({ ...others, data: {}, links: [] })
  const shorter = cutTo(data, free)
  const kept = SentryLink.within(links, free - bytesOf(shorter), bytesOf)
  const names = Trimmed.namesOf({ data }, { data: shorter })
  return withLinks(trace, kept, Trimmed.mark(shorter, kept === links ? names : [...names, 'links']))
}

const fitWhole = <A>(transaction: Transaction<A>, maxBytes: number): Transaction<A> => {
  const surplus = bytesOf({ ...transaction, spans: [] }) + MOVED_BYTES - maxBytes
  if (surplus <= 0) return transaction
  const { breadcrumbs, contexts, request, tags, user } = transaction
  const parts = {
    data: contexts.trace.data ?? {},
    tags,
    request: request ?? {},
    user: user ?? {},
  }
  const sizes = [...Object.values(parts), breadcrumbs ?? {}].map(bytesOf)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const level = levelOf(sizes, total - surplus - Trimmed.MARK_BYTES)
  const cut = cutAllTo(parts, level)
  const values = breadcrumbs?.values ?? []
  const kept = Breadcrumb.within(values, level - AROUND_BREADCRUMBS)
  const { breadcrumbs: _breadcrumbs, spans, ...head } = transaction
  const names = [
    ...Trimmed.namesOf(parts, cut),
    ...(kept.length === values.length ? [] : ['breadcrumbs']),
  ]
  return {
    ...head,
    // A URL that was cut may be invalid, and all of a request is in the data too.
    ...(request === undefined || cut.request === request
      ? {}
      : { request: request.method === undefined ? {} : { method: request.method } }),
    ...(user === undefined ? {} : { user: cut.user }),
    ...(kept.length === 0 ? {} : { breadcrumbs: { values: kept } }),
    contexts: { ...contexts, trace: { ...contexts.trace, data: Trimmed.mark(cut.data, names) } },
    tags: cut.tags,
    spans,
  }
}
