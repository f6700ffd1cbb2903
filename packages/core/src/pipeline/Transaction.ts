/**
 * A Sentry transaction: the root of a segment, and its other spans inside.
 * Source: `relay-event-schema/src/protocol/event.rs` of getsentry/relay, and
 * `develop-docs/sdk/data-model/event-payloads/transaction.mdx` of getsentry/sentry-docs.
 */

import type { TransactionName } from '../mapping/TransactionName.ts'
import * as EventId from '../model/EventId.ts'
import type { Json, JsonObject } from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SegmentOrigin from '../segment/SegmentOrigin.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
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
 * Times are seconds since 1970. What it says of itself comes first, then what it shares with other events of its resource,
 * the other contexts to begin with, and `spans` at last: so that what is finished already can be joined to it.
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

/** The transaction of a segment, with these breadcrumbs; `undefined` for a segment without a span, which is never made. */
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
    const shown = payload.read(first.value)
    const trace = SyntheticRoot.isSynthetic(root)
      ? TraceContext.sampled(syntheticContext(root, segment.origin), shown)
      : TraceContext.ofRoot(shown, root.parentSpanId, withReason(segment.origin, shown.data))
    return {
      event_id: eventId(segment),
      type: 'transaction',
      start_timestamp: Micros.toSeconds(root.start),
      timestamp: Micros.toSeconds(Micros.max(Segment.end(segment), root.start)),
      transaction: name.name,
      transaction_info: { source: name.source },
      ...(SyntheticRoot.isSynthetic(root) ? {} : ofRoot(shown)),
      ...(breadcrumbs.length === 0 ? {} : { breadcrumbs: { values: breadcrumbs } }),
      contexts: Contexts.of(trace, base.resource),
      ...base.fields,
      ...(SyntheticRoot.isSynthetic(root) || shown.tags === undefined
        ? {}
        : { tags: { ...base.fields.tags, ...shown.tags } }),
      spans: segment.descendants.map((node) => {
        const parent =
          SyntheticRoot.isSynthetic(root) && node.parentSpanId === root.parentSpanId
            ? root.spanId
            : node.parentSpanId
        const said = node.originalParentSpanId ?? node.parentSpanId
        return parent === said || parent === undefined || said === undefined
          ? node.value
          : payload.reparent(node.value, parent, said)
      }),
    }
  }

/** What a root span tells of the whole: whose request it was, and what was measured. */
const ofRoot = ({
  data,
  measurements,
}: SentrySpan): Pick<Transaction, 'measurements' | 'request' | 'user'> => {
  const request = Request.ofData(data)
  const user = User.ofData(data)
  return {
    ...(measurements === undefined ? {} : { measurements }),
    ...(request === undefined ? {} : { request }),
    ...(user === undefined ? {} : { user }),
  }
}

/** How many spans of the input a transaction holds: a root that no program made is none. */
export const spanCount = <A>({ contexts, spans }: Transaction<A>): number =>
  spans.length + (contexts.trace.data?.[SYNTHETIC] === true ? 0 : 1)

/**
 * The same spans give the same id, whoever assembles them and in whatever order they came. Why they are together is part
 * of it, since the transaction shows that too.
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

/** No attributes of a request, a query or a message: metrics must not count it as one. */
const syntheticContext = (
  root: SyntheticRoot.SyntheticRoot,
  why: SegmentOrigin.SegmentOrigin,
): TraceContext.TraceContext => ({
  trace_id: root.traceId,
  span_id: root.spanId,
  parent_span_id: root.parentSpanId,
  op: 'continuation',
  status: 'ok',
  origin: 'auto.otlp.spans',
  data: withReason(why, { [SYNTHETIC]: true }),
})

const SYNTHETIC = 'sentry_exporter.synthetic'

const withReason = (why: SegmentOrigin.SegmentOrigin, data: JsonObject): JsonObject => {
  if (why._tag === 'Entry') return data
  // hot: a copy with a further field is made slowly, a further field of a copy is not.
  const said: Record<string, Json> = { ...data }
  said['sentry_exporter.continuation'] = why.reason
  return said
}
