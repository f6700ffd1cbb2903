/**
 * A span as the assembly sees it: ids, times, service and weight, what is known of it beside itself, and a payload it never
 * looks into. The payload is JSON in tests and custom pipelines, and finished bytes in the exporter.
 */

import * as Micros from '../model/Micros.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import type * as Entry from './Entry.ts'
import type { NodeDetails } from './NodeDetails.ts'

// model

export interface Node<A> extends Entry.Evidence {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly start: Micros.Micros
  /**
   * From its start to its end; `undefined` for one that did not end. In place of the end, since engines keep a small number
   * within the node.
   */
  readonly durationMicros: number | undefined
  readonly details: NodeDetails
  /** Bytes it will take in a transaction, with what the server adds. */
  readonly weight: number
  /** The parent it named, where that was dropped and it hangs on another one. */
  readonly originalParentSpanId?: SpanId
  readonly value: A
}

// destructors

/** Zero for one that did not end. */
export const end = <A>({ start, durationMicros }: Node<A>): Micros.Micros =>
  durationMicros === undefined ? Micros.zero : Micros.of(start + durationMicros)

/** The name of the transaction, should it be the root of one. */
export const nameOf = <A>({ details }: Node<A>): string => details.name.name

/** Whether it holds what does not wait as long as a transaction may: an exception. */
export const hasException = <A>({ details }: Node<A>): boolean => details.exceptions.length > 0
