/**
 * A Sentry transaction: the root of a segment, and its other spans inside.
 * Source: `relay-event-schema/src/protocol/event.rs` of getsentry/relay, and
 * `develop-docs/sdk/data-model/event-payloads/transaction.mdx` of getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import { assemble, Mapping, Transaction } from '@sentry-exporter/core'
 *
 * const { transactions } = assemble({ mapping: Mapping.sentry })([])
 * console.log(transactions.map(Transaction.spanCount).length) // 0
 * ```
 */

import * as SentryName from '../mapping/SentryName.ts'
import type { TransactionName } from '../mapping/TransactionName.ts'
import * as EventId from '../model/EventId.ts'
import type { Json, JsonObject } from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SegmentOrigin from '../segment/SegmentOrigin.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import { spanOf } from '../segment/spanOf.ts'
import type * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as Contexts from '../sentry/Contexts.ts'
import type * as EventBase from '../sentry/EventBase.ts'
import type * as Measurements from '../sentry/Measurements.ts'
import * as Request from '../sentry/Request.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as TraceContext from '../sentry/TraceContext.ts'
import * as User from '../sentry/User.ts'

// model

/**
 * Times are seconds since 1970. The order of the fields is that of the printed JSON: first the own fields, then those that other
 * events of its resource share (beginning with the shared contexts), then `spans`. Printed spans can thus be appended.
 */
export interface Transaction<A = SentrySpan> extends EventBase.EventFields {
  readonly event_id: EventId.EventId
  readonly type: 'transaction'
  readonly start_timestamp: number
  readonly timestamp: number
  readonly transaction: string
  readonly transaction_info: { readonly source: TransactionName['source'] }
  readonly contexts: Contexts.Contexts
  readonly measurements?: Measurements.Measurements
  readonly request?: Request.Request
  readonly user?: User.User
  readonly breadcrumbs?: Breadcrumb.Breadcrumbs
  readonly spans: ReadonlyArray<A>
}

// constructors

/** The transaction of a segment, with these breadcrumbs; `undefined` for a segment without a span (which does not occur). */
export const ofSegment =
  <A>(payload: Payload<A>) =>
  (
    segment: Segment.Segment<A>,
    breadcrumbs: ReadonlyArray<Breadcrumb.Breadcrumb>,
  ): Transaction<A> | undefined => {
    const first = Segment.first(segment)
    if (first === undefined) return undefined
    const { root } = segment
    const { base } = first.details
    const name = SegmentName.of(segment)
    const rootSpan = spanOf(payload.read, first)
    const trace = SyntheticRoot.isSynthetic(root)
      ? TraceContext.sampled(syntheticContext(root, segment.origin, name.name), rootSpan)
      : TraceContext.ofRoot(
          rootSpan,
          root.parentSpanId,
          rootData(segment.origin, name.name, rootSpan.data),
          base.form,
        )
    // hot: once for each transaction. Fields are set one after the other, in the order in which they are printed.
    const made: Draft<A> = {
      event_id: eventId(segment),
      type: 'transaction',
      start_timestamp: Micros.toSeconds(root.startMicros),
      timestamp: Micros.toSeconds(Micros.max(Segment.end(segment), root.startMicros)),
      transaction: name.name,
      transaction_info: { source: name.source },
    }
    if (!SyntheticRoot.isSynthetic(root)) addOfRoot(made, rootSpan)
    if (breadcrumbs.length > 0) made.breadcrumbs = { values: breadcrumbs }
    made.contexts = Contexts.of(trace, base.resource)
    Object.assign(made, base.fields)
    if (!SyntheticRoot.isSynthetic(root) && rootSpan.tags !== undefined) {
      made.tags = { ...base.fields.tags, ...rootSpan.tags }
    }
    made.spans = spansOf(payload, segment)
    // Every field that must be there was set above.
    return made as Transaction<A>
  }

/** A transaction while it is made. */
type Draft<A> = { -readonly [Key in keyof Transaction<A>]?: Transaction<A>[Key] }

/** Adds the fields that a transaction takes from its root span: request, user and measurements. */
const addOfRoot = (made: Draft<unknown>, { data, measurements }: SentrySpan): void => {
  if (measurements !== undefined) made.measurements = measurements
  const request = Request.ofData(data)
  if (request !== undefined) made.request = request
  const user = User.ofData(data)
  if (user !== undefined) made.user = user
}

/** The descendants, with the parents that the transaction shows. */
const spansOf = <A>(
  payload: Payload<A>,
  { root, descendants }: Segment.Segment<A>,
): ReadonlyArray<A> => {
  const synthetic = SyntheticRoot.isSynthetic(root) ? root : undefined
  return descendants.map((node) => {
    const parent =
      synthetic !== undefined && node.parentSpanId === synthetic.parentSpanId
        ? synthetic.spanId
        : node.parentSpanId
    if (node.half?._tag === 'Separated') return payload.of(spanOf(payload.read, node, parent))
    const original = node.originalParentSpanId ?? node.parentSpanId
    return parent === original || parent === undefined || original === undefined
      ? node.value
      : payload.reparent(node.value, parent, original)
  })
}

/** Spans of the input in a transaction: a synthetic root does not count. */
export const spanCount = <A>({ contexts, spans }: Transaction<A>): number =>
  spans.length + (contexts.trace.data?.[SYNTHETIC] === true ? 0 : 1)

/**
 * The id is a hash of the members: the same spans in any order, in any process, have the same id. The origin of the segment is
 * hashed too, because the transaction shows it.
 */
const eventId = <A>(segment: Segment.Segment<A>): EventId.EventId => {
  const { origin, root } = segment
  return EventId.fromContent(
    [
      'transaction',
      ...originTexts(origin),
      root.traceId,
      SyntheticRoot.isSynthetic(root) ? root.parentSpanId : root.spanId,
    ],
    Segment.nodes(segment),
  )
}

const originTexts = SegmentOrigin.match(
  () => ['', ''],
  (reason, continues) => [reason, continues ?? ''],
)

/** Without attributes of a request, a query or a message: metrics would count it as one. */
const syntheticContext = (
  root: SyntheticRoot.SyntheticRoot,
  origin: SegmentOrigin.SegmentOrigin,
  name: string,
): TraceContext.TraceContext => ({
  trace_id: root.traceId,
  span_id: root.spanId,
  parent_span_id: root.parentSpanId,
  op: 'continuation',
  status: 'ok',
  origin: 'auto.otlp.spans',
  data: rootData(origin, name, { [SYNTHETIC]: true }),
})

const SYNTHETIC = 'sentry_exporter.synthetic'

/** The data of a root, whose name in the view of spans is that of its transaction. */
const rootData = (
  origin: SegmentOrigin.SegmentOrigin,
  name: string,
  data: JsonObject,
): JsonObject => {
  const own = data[SentryName.KEY]
  const isNamed = own === undefined || own === name
  if (origin._tag === 'Entry' && isNamed) return data
  // hot: V8 makes `{ ...data, field }` slowly, but not a field that is added to a copy.
  const copy: Record<string, Json> = { ...data }
  if (!isNamed) copy[SentryName.KEY] = name
  if (origin._tag !== 'Entry') copy['sentry_exporter.continuation'] = origin.reason
  return copy
}
