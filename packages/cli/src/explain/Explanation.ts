/** Why a trace became the transactions it became: what a person wants to know who asks "why does it look like this?". */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import * as Segment from '@sentry-exporter/core/Segment'
import type { SegmentOrigin } from '@sentry-exporter/core/SegmentOrigin'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import * as SyntheticRoot from '@sentry-exporter/core/SyntheticRoot'
import { nameOf } from '@sentry-exporter/core/Transaction'

// model

export interface ExplainedTransaction {
  readonly name: string
  readonly op: string | undefined
  readonly service: string | undefined
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly why: SegmentOrigin
  /** Spans below the root. */
  readonly spans: number
  /** What they weigh, with what the server adds. */
  readonly bytes: number
  readonly errors: number
  /** What the spans do, most of them first: their op, or their name where they have none. */
  readonly folded: ReadonlyArray<{ readonly what: string; readonly count: number }>
  /** Transactions that hang on a span of this one. */
  readonly below: ReadonlyArray<ExplainedTransaction>
}

export interface ExplainedTrace {
  readonly traceId: string
  readonly spans: number
  readonly transactions: number
  readonly errors: number
  /** Transactions that hang on nothing that is here. */
  readonly tops: ReadonlyArray<ExplainedTransaction>
}

type Explicable = Segment.Segment<SentrySpan>

// constructors

/** By the start of their first spans. The segments of a trace stand in any order; `errors` are all that came of them. */
export const explain = (
  segments: ReadonlyArray<Explicable>,
  errors: ReadonlyArray<ErrorEvent>,
): ReadonlyArray<ExplainedTrace> => {
  const counts: ErrorCounts = new Map()
  for (const { contexts } of errors) {
    const place = placeOf(contexts.trace.trace_id, contexts.trace.span_id)
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const traces = new Map<string, Array<Explicable>>()
  for (const segment of segments) {
    const known = traces.get(segment.root.traceId)
    if (known === undefined) traces.set(segment.root.traceId, [segment])
    else known.push(segment)
  }
  return [...traces].map(([traceId, all]) => explainTrace(traceId, all, counts))
}

/** How many errors happened in which span. */
type ErrorCounts = Map<string, number>

const placeOf = (traceId: string, spanId: string): string => `${traceId} ${spanId}`

const explainTrace = (
  traceId: string,
  segments: ReadonlyArray<Explicable>,
  errors: ErrorCounts,
): ExplainedTrace => {
  const home = new Map<string, Explicable>()
  for (const segment of segments) {
    home.set(segment.root.spanId, segment)
    for (const { spanId } of segment.descendants) home.set(spanId, segment)
  }
  const below = new Map<Explicable | undefined, Array<Explicable>>()
  for (const segment of segments) {
    const above = home.get(segment.root.parentSpanId ?? '')
    const parent = above === segment ? undefined : above
    below.set(parent, [...(below.get(parent) ?? []), segment])
  }
  // Parents are made after their children; a chain of transactions may be long, so that this is no recursion.
  const made = new Map<Explicable, ExplainedTransaction>()
  const order: Array<Explicable> = [...(below.get(undefined) ?? [])]
  for (let i = 0; i < order.length; i++) {
    const segment = order[i]
    if (segment !== undefined) order.push(...(below.get(segment) ?? []))
  }
  for (const segment of order.reverse()) {
    const inner = (below.get(segment) ?? []).flatMap((one) => made.get(one) ?? [])
    made.set(segment, explainTransaction(segment, inner, errors))
  }
  return {
    traceId,
    spans: segments.reduce((sum, segment) => sum + Segment.nodes(segment).length, 0),
    transactions: segments.length,
    errors: segments.reduce((sum, segment) => sum + errorsOf(segment, errors), 0),
    tops: (below.get(undefined) ?? []).flatMap((one) => made.get(one) ?? []),
  }
}

const explainTransaction = (
  segment: Explicable,
  below: ReadonlyArray<ExplainedTransaction>,
  errors: ErrorCounts,
): ExplainedTransaction => {
  const { root, origin } = segment
  const counts = new Map<string, number>()
  for (const { value } of segment.descendants) {
    const what = value.op ?? value.description
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return {
    name: nameOf(segment).name,
    op: SyntheticRoot.isSynthetic(root) ? 'continuation' : root.value.op,
    service: Segment.serviceOf(segment).name,
    spanId: root.spanId,
    parentSpanId: root.parentSpanId,
    why: origin,
    spans: segment.descendants.length,
    bytes: segment.descendants.reduce((sum, { weight }) => sum + weight, 0),
    errors: errorsOf(segment, errors),
    folded: [...counts]
      .map(([what, count]) => ({ what, count }))
      .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1)),
    below,
  }
}

const errorsOf = (segment: Explicable, errors: ErrorCounts): number =>
  Segment.nodes(segment).reduce(
    (sum, { traceId, spanId }) => sum + (errors.get(placeOf(traceId, spanId)) ?? 0),
    0,
  )

// destructors

/** Why it is a transaction, in words. */
export const because = (why: SegmentOrigin): string =>
  why._tag === 'Entry' ? ENTRIES[why.rule] : continuation(why.reason, why.continues)

const ENTRIES: Readonly<Record<Extract<SegmentOrigin, { _tag: 'Entry' }>['rule'], string>> = {
  'no-parent': 'entry: it has no parent',
  'remote-parent': 'entry: its flags say that its parent is remote',
  receiver: 'entry: it is SERVER or CONSUMER, and its parent is not around it in its service',
  'flag-conflict':
    'entry: its flags say that its parent is local, but it is of another service or missing',
  'other-service': 'entry: its parent is of another service',
  cycle: 'entry: its link to a parent closed a circle and was cut',
}

const continuation = (reason: string, of: string | undefined): string => {
  const what = of === undefined ? '' : ` of ${of}`
  if (reason === 'size') return `continuation${what}: it did not fit into one transaction`
  if (reason === 'late') return `continuation${what}: it came after that had been sent`
  return 'continuation: its parent never came'
}
