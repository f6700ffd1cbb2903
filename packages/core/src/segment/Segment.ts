/** The spans that become one transaction: a root and its descendants, in canonical order. */

import type * as O from '#fp-ts/Ord'
import { frozen } from '../internal/frozen.ts'
import { Ord as textOrd } from '../internal/text/Ord.ts'
import type { Micros } from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as Node from './Node.ts'
import type * as SegmentOrigin from './SegmentOrigin.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// model

export interface Segment<A> {
  readonly origin: SegmentOrigin.SegmentOrigin
  readonly root: Node.Node<A> | SyntheticRoot.SyntheticRoot
  /** Parents before their children; otherwise by start, then by span id. */
  readonly descendants: ReadonlyArray<Node.Node<A>>
}

// guards

/** Whether a node is the entry span of the segment. */
export const isEntry = <A>({ origin, root }: Segment<A>, node: Node.Node<A>): boolean =>
  origin._tag === 'Entry' && root === node

// folds

/** The name for the transactions that continue a segment; `undefined` if only its service is known. */
export const continuedName = <A>({ origin, root }: Segment<A>): string | undefined => {
  if (origin._tag === 'Continuation' && origin.continues !== undefined) return origin.continues
  return SyntheticRoot.isSynthetic(root) ? undefined : Node.nameOf(root)
}

/** The real nodes of a segment, without a synthetic root. */
export const nodes = <A>(segment: Segment<A>): ReadonlyArray<Node.Node<A>> =>
  SyntheticRoot.isSynthetic(segment.root)
    ? segment.descendants
    : [segment.root, ...segment.descendants]

/** The root, or the first node below a synthetic root. */
export const first = <A>(segment: Segment<A>): Node.Node<A> | undefined =>
  SyntheticRoot.isSynthetic(segment.root) ? segment.descendants[0] : segment.root

/** The end of its root; zero for a span that did not end. */
export const end = <A>({ root }: Segment<A>): Micros =>
  SyntheticRoot.isSynthetic(root) ? root.endMicros : Node.end(root)

export const serviceOf = <A>({ root }: Segment<A>): Service =>
  SyntheticRoot.isSynthetic(root) ? root.service : root.traits.service

/** The node whose resource routes the segment: its root, or the child of a synthetic root with the smallest span id. */
export const routingNode = <A>({ root, descendants }: Segment<A>): Node.Node<A> | undefined => {
  if (!SyntheticRoot.isSynthetic(root)) return root
  let smallest: Node.Node<A> | undefined
  for (const node of descendants) {
    const isChild = node.parentSpanId === root.parentSpanId
    if (isChild && (smallest === undefined || node.spanId < smallest.spanId)) smallest = node
  }
  return smallest
}

// instances

const compare = (a: Segment<unknown>, b: Segment<unknown>): number =>
  a.root.startMicros - b.root.startMicros ||
  textOrd.compare(a.root.traceId, b.root.traceId) ||
  textOrd.compare(a.root.spanId, b.root.spanId)

/** By the start of the root, then by trace id and span id: the order in which segments are sent. */
export const Ord: O.Ord<Segment<unknown>> = /* @__PURE__ */ frozen({
  equals: (a, b) => compare(a, b) === 0,
  // fp-ts orders are -1, 0 or 1.
  compare: (a, b) => Math.sign(compare(a, b)) as -1 | 0 | 1,
})
