/**
 * The heart, without time: spans in, transactions and errors out. The same spans in any order give the same
 * result. No exporter, no configuration and no clock are needed to call it.
 */
import * as Breadcrumb from './Breadcrumb.ts'
import { type Described, describe } from './describe.ts'
import * as ErrorEvent from './ErrorEvent.ts'
import * as Forest from './Forest.ts'
import * as Losses from './Losses.ts'
import type { Mapping } from './Mapping.ts'
import type { Node } from './Node.ts'
import * as Payload from './Payload.ts'
import * as Segment from './Segment.ts'
import type { SentrySpan } from './SentrySpan.ts'
import type { Span } from './Span.ts'
import { segmentsOf } from './segmentsOf.ts'
import type { TraceId } from './TraceId.ts'
import * as Transaction from './Transaction.ts'

// model

export interface Options {
  readonly mapping: Mapping
}

export interface Assembled<A = SentrySpan> {
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<Transaction.Transaction<A>>
  /** In the order of their transactions. */
  readonly errors: ReadonlyArray<ErrorEvent.ErrorEvent>
  readonly losses: Losses.Losses
}

// destructors

/** Assembles with finished spans of any form. */
export const assembleWith =
  <A>(payload: Payload.Payload<A>) =>
  ({ mapping }: Options): ((spans: ReadonlyArray<Span>) => Assembled<A>) => {
    const toNodes = describe(mapping, payload)
    const link = Forest.fromNodes<Described<A>>((a, b) => payload.compare(a.span, b.span))
    const toTransaction = Transaction.ofSegment(payload)
    return (spans) => {
      const described = toNodes(spans)
      const cut = [...byTrace(described.nodes).values()].map((nodes) => segmentsOf(link(nodes)))
      const segments = cut.flatMap((trace) => trace.segments).sort(Segment.compare)
      return {
        transactions: segments.flatMap((segment) => toTransaction(segment) ?? []),
        errors: segments.flatMap(errorsOf),
        losses: Losses.concatAll([
          described.losses,
          Losses.of(
            'event',
            segments.reduce((sum, segment) => sum + surplusEvents(segment), 0),
          ),
          ...cut.map((trace) => trace.losses),
        ]),
      }
    }
  }

/** Assembles into plain JSON values. */
export const assemble: (options: Options) => (spans: ReadonlyArray<Span>) => Assembled =
  assembleWith(Payload.json)

const byTrace = <A>(
  nodes: ReadonlyArray<Node<A>>,
): ReadonlyMap<TraceId, ReadonlyArray<Node<A>>> => {
  const traces = new Map<TraceId, Array<Node<A>>>()
  for (const node of nodes) {
    const known = traces.get(node.traceId)
    if (known === undefined) traces.set(node.traceId, [node])
    else known.push(node)
  }
  return traces
}

const errorsOf = <A>(
  segment: Segment.Segment<Described<A>>,
): ReadonlyArray<ErrorEvent.ErrorEvent> => {
  const errors = Segment.nodes(segment).flatMap((node) => node.value.errors)
  return errors.length === 0
    ? errors
    : errors.map(ErrorEvent.inTransaction(Transaction.nameOf(segment).name))
}

/** Events that a transaction has no room for. */
const surplusEvents = <A>(segment: Segment.Segment<Described<A>>): number =>
  Math.max(0, Transaction.breadcrumbsOf(segment).length - Breadcrumb.MOST)
