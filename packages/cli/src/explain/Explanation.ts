/** The transactions of a trace as a tree, each with the rule that made it a transaction. */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import { Segment, SegmentName, SegmentOrigin, SyntheticRoot } from '@sentry-exporter/core/pipeline'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'

// model

export interface ExplainedTransaction {
  readonly name: string
  readonly op: string | undefined
  readonly service: string | undefined
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly origin: SegmentOrigin.SegmentOrigin
  /** Spans below the root. */
  readonly spans: number
  /** Bytes of the spans, with those that the server adds. */
  readonly bytes: number
  readonly errors: number
  /** How many spans there are of each kind, the most frequent first. The kind is the op, or the name without one. */
  readonly kinds: ReadonlyArray<{ readonly kind: string; readonly count: number }>
  /** Transactions whose parent is a span of this one. */
  readonly children: ReadonlyArray<ExplainedTransaction>
}

export interface ExplainedTrace {
  readonly traceId: string
  readonly spans: number
  readonly transactions: number
  readonly errors: number
  /** Transactions whose parent is not in the input. */
  readonly roots: ReadonlyArray<ExplainedTransaction>
}

type Explicable = Segment.Segment<SentrySpan>

// constructors

/** Traces, by the start of their first spans. `segments` may be in any order; `errors` are the error events of all of them. */
export const explain = (
  segments: ReadonlyArray<Explicable>,
  errors: ReadonlyArray<ErrorEvent>,
): ReadonlyArray<ExplainedTrace> => {
  const counts: ErrorCounts = new Map()
  for (const { contexts } of errors) {
    const key = spanKey(contexts.trace.trace_id, contexts.trace.span_id)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const traces = new Map<string, Array<Explicable>>()
  for (const segment of segments) {
    const known = traces.get(segment.root.traceId)
    if (known === undefined) traces.set(segment.root.traceId, [segment])
    else known.push(segment)
  }
  return [...traces].map(([traceId, all]) => explainTrace(traceId, all, counts))
}

/** Errors of each span. */
type ErrorCounts = Map<string, number>

const spanKey = (traceId: string, spanId: string): string => `${traceId} ${spanId}`

const explainTrace = (
  traceId: string,
  segments: ReadonlyArray<Explicable>,
  errors: ErrorCounts,
): ExplainedTrace => {
  const segmentOf = new Map<string, Explicable>()
  for (const segment of segments) {
    segmentOf.set(segment.root.spanId, segment)
    for (const { spanId } of segment.descendants) segmentOf.set(spanId, segment)
  }
  const childrenOf = new Map<Explicable | undefined, Array<Explicable>>()
  for (const segment of segments) {
    const above = segmentOf.get(segment.root.parentSpanId ?? '')
    const parent = above === segment ? undefined : above
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), segment])
  }
  // Children are explained before their parents. Iterative, since a chain of transactions may be long.
  const explained = new Map<Explicable, ExplainedTransaction>()
  const order: Array<Explicable> = [...(childrenOf.get(undefined) ?? [])]
  for (let i = 0; i < order.length; i++) {
    const segment = order[i]
    if (segment !== undefined) order.push(...(childrenOf.get(segment) ?? []))
  }
  for (const segment of order.reverse()) {
    const inner = (childrenOf.get(segment) ?? []).flatMap((one) => explained.get(one) ?? [])
    explained.set(segment, explainTransaction(segment, inner, errors))
  }
  return {
    traceId,
    spans: segments.reduce((sum, segment) => sum + Segment.nodes(segment).length, 0),
    transactions: segments.length,
    errors: segments.reduce((sum, segment) => sum + errorsOf(segment, errors), 0),
    roots: (childrenOf.get(undefined) ?? []).flatMap((one) => explained.get(one) ?? []),
  }
}

const explainTransaction = (
  segment: Explicable,
  children: ReadonlyArray<ExplainedTransaction>,
  errors: ErrorCounts,
): ExplainedTransaction => {
  const { root, origin } = segment
  const counts = new Map<string, number>()
  for (const { value } of segment.descendants) {
    const kind = value.op ?? value.description
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return {
    name: SegmentName.of(segment).name,
    op: SyntheticRoot.isSynthetic(root) ? 'continuation' : root.value.op,
    service: Segment.serviceOf(segment).name,
    spanId: root.spanId,
    parentSpanId: root.parentSpanId,
    origin,
    spans: segment.descendants.length,
    bytes: segment.descendants.reduce((sum, { weight }) => sum + weight, 0),
    errors: errorsOf(segment, errors),
    kinds: [...counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    children,
  }
}

const errorsOf = (segment: Explicable, errors: ErrorCounts): number =>
  Segment.nodes(segment).reduce(
    (sum, { traceId, spanId }) => sum + (errors.get(spanKey(traceId, spanId)) ?? 0),
    0,
  )

// encoding

const ENTRIES: Readonly<
  Record<Extract<SegmentOrigin.SegmentOrigin, { _tag: 'Entry' }>['rule'], string>
> = {
  'no-parent': 'entry: it has no parent',
  'remote-parent': 'entry: its flags mark its parent as remote',
  receiver:
    'entry: it is SERVER or CONSUMER, and its parent is not a span of its service that contains it',
  'flag-conflict':
    'entry: its flags mark its parent as local, but the parent is of another service or missing',
  'other-service': 'entry: its parent is of another service',
  cycle: 'entry: its parent link was part of a cycle and was cut',
}

/** The rule that made a segment a transaction, as text. */
export const because = (origin: SegmentOrigin.SegmentOrigin): string =>
  SegmentOrigin.match((rule) => ENTRIES[rule], continuation)(origin)

const continuation = (reason: string, name: string | undefined): string => {
  const what = name === undefined ? '' : ` of ${name}`
  if (reason === 'size') return `continuation${what}: it did not fit into one transaction`
  if (reason === 'late') return `continuation${what}: it arrived after that transaction was sent`
  return 'continuation: its parent never arrived'
}
