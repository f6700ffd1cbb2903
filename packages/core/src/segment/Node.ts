/**
 * A span as assembly uses it: ids, times, service and weight, the details that error events and the head of a transaction
 * need, and a payload that assembly never reads. The payload is JSON in tests and custom pipelines, and finished bytes in
 * the exporter.
 */

import * as Micros from '../model/Micros.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import type * as Entry from './Entry.ts'
import type { Half } from './Halves.ts'
import type { NodeDetails } from './NodeDetails.ts'

// model

export interface Node<A> extends Entry.Evidence {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly startMicros: Micros.Micros
  /**
   * The time from start to end; `undefined` if the span did not end. The duration is stored rather than the end because V8
   * stores small integers without a heap object.
   */
  readonly durationMicros: number | undefined
  readonly details: NodeDetails
  /** Its bytes in a transaction, with an allowance for the fields that the server adds. */
  readonly weight: number
  /** The parent id that the span had, if it was reparented. */
  readonly originalParentSpanId?: SpanId
  /** Only if it shares its span id with the other half of its call. */
  readonly half?: Half
  readonly value: A
}

// guards

/** Whether it has an exception: exceptions wait for a shorter time than transactions may. */
export const hasException = <A>({ details }: Node<A>): boolean => details.exceptions.length > 0

// folds

/** Zero for a span that did not end. */
export const end = <A>({ startMicros: start, durationMicros }: Node<A>): Micros.Micros =>
  durationMicros === undefined ? Micros.zero : Micros.of(start + durationMicros)

/** The id that the span had when it arrived: logs and its copies have it. */
export const arrivedSpanId = ({ spanId, half }: Pick<Node<unknown>, 'spanId' | 'half'>): SpanId =>
  half?._tag === 'Separated' ? half.sharedSpanId : spanId

/**
 * The bytes that nodes hold while they wait: their payloads, their exceptions and breadcrumbs, their names, and the part of
 * their resources above 16 KiB. `maxPendingBytes` limits their sum. Nodes of one resource usually follow each
 * other.
 */
export const heldBytes = <A>(nodes: ReadonlyArray<Node<A>>): number => {
  let bytes = 0
  let resource: NodeDetails['base'] | undefined
  for (const { weight, details } of nodes) {
    bytes += weight + details.heldBytes
    if (details.base === resource) continue
    resource = details.base
    bytes += Math.max(0, resource.heldBytes - SMALL_RESOURCE_BYTES)
  }
  return bytes
}

/** The allowance of a node for the fields of the server covers its share of this. */
const SMALL_RESOURCE_BYTES = 16 * 1024

/** The name of the transaction of which it would be the root. */
export const nameOf = <A>({ details }: Node<A>): string => details.name.name
