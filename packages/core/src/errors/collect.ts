/** The first step of capture: collects the recorded exceptions of a segment, or of log records without one. */

import type { RecordedException } from '../exception/RecordedException.ts'
import * as Service from '../model/Service.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { BreadcrumbsOf } from '../segment/breadcrumbsIn.ts'
import * as Node from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { LoggedException } from './LoggedException.ts'

// model

/** One record of an exception. `source` is the node that has it, or a log record without a segment. */
export interface Occurrence<S> {
  readonly source: S
  readonly exception: RecordedException
}

// constructors

/**
 * The exceptions that the nodes of a segment recorded, and those of log records made during their spans, in its order. `logged`
 * finds the latter.
 */
export const collect = <A>(
  segment: Segment.Segment<A>,
  logged: ((spanId: SpanId) => ReadonlyArray<LoggedException>) | undefined,
): ReadonlyArray<Occurrence<Node.Node<A>>> => {
  const occurrences: Array<Occurrence<Node.Node<A>>> = []
  // A loop, since a segment may be large and most of its nodes have no exception.
  for (const source of Segment.nodes(segment)) {
    for (const exception of source.details.exceptions) occurrences.push({ source, exception })
    if (logged === undefined) continue
    for (const { base, exception } of logged(Node.arrivedSpanId(source))) {
      if (!isOf(source, base.from.service)) continue
      occurrences.push({ source, exception: { ...exception, spanName: Node.nameOf(source) } })
    }
  }
  return occurrences
}

/** Whether a log record of a service that names the id of a span belongs to that span, and not to the other half of its call. */
const isOf = ({ half, traits }: Node.Node<unknown>, service: Service.Service): boolean => {
  if (half === undefined) return true
  return half._tag === 'Separated'
    ? Service.same(service, traits.service)
    : !Service.same(service, half.receivedBy)
}

/** The exceptions of log records without a segment. */
export const collectLogged = (
  logged: ReadonlyArray<LoggedException>,
): ReadonlyArray<Occurrence<LoggedException>> =>
  logged.map((source) => ({ source, exception: source.exception }))

// guards

/** Whether a node of a segment recorded an exception. */
export const hasException = <A>({ root, descendants }: Segment.Segment<A>): boolean =>
  descendants.some(Node.hasException) ||
  (!SyntheticRoot.isSynthetic(root) && Node.hasException(root))

/** The breadcrumbs of exceptions that do not become errors, by their spans. */
export const breadcrumbsOf = <A>(
  exceptions: ReadonlyArray<Occurrence<Node.Node<A>>>,
): BreadcrumbsOf<A> => {
  const byNode = new Map<Node.Node<A>, Array<Breadcrumb.Breadcrumb>>()
  for (const { source, exception } of exceptions) {
    const breadcrumb = Breadcrumb.ofException(source.spanId, exception)
    const others = byNode.get(source)
    if (others === undefined) byNode.set(source, [breadcrumb])
    else others.push(breadcrumb)
  }
  return byNode
}
