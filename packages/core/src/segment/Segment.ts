/** The spans that will be one transaction: a root and all that is below it, in canonical order. */
import type { Micros } from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as Node from './Node.ts'
import type { SegmentOrigin } from './SegmentOrigin.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// model

export interface Segment<A> {
  readonly origin: SegmentOrigin
  readonly root: Node.Node<A> | SyntheticRoot.SyntheticRoot
  /** Parents before their children; otherwise by start, then by span id. */
  readonly descendants: ReadonlyArray<Node.Node<A>>
}

// guards

/** Whether a node is the entry of a service that the segment begins with. */
export const isEntry = <A>({ origin, root }: Segment<A>, node: Node.Node<A>): boolean =>
  origin._tag === 'Entry' && root === node

// combinators

/** By the start of the root, then by trace and span id: the order in which segments leave. */
export const compare = <A>(a: Segment<A>, b: Segment<A>): number =>
  a.root.start - b.root.start ||
  compareText(a.root.traceId, b.root.traceId) ||
  compareText(a.root.spanId, b.root.spanId)

// destructors

/** What the transactions that continue a segment are named after; `undefined` where only the service is known. */
export const continuedName = <A>({ origin, root }: Segment<A>): string | undefined => {
  if (origin._tag === 'Continuation' && origin.continues !== undefined) return origin.continues
  return SyntheticRoot.isSynthetic(root) ? undefined : Node.nameOf(root)
}

/** The real nodes of a segment: a synthetic root is none. */
export const nodes = <A>(segment: Segment<A>): ReadonlyArray<Node.Node<A>> =>
  SyntheticRoot.isSynthetic(segment.root)
    ? segment.descendants
    : [segment.root, ...segment.descendants]

/**
 * The node that stands for the segment where one is needed: its root, or the earliest of those that a synthetic
 * root holds.
 */
export const first = <A>(segment: Segment<A>): Node.Node<A> | undefined =>
  SyntheticRoot.isSynthetic(segment.root) ? segment.descendants[0] : segment.root

/** The end of its root; zero for one that did not end. */
export const end = <A>({ root }: Segment<A>): Micros =>
  SyntheticRoot.isSynthetic(root) ? root.end : Node.end(root)

export const serviceOf = <A>({ root }: Segment<A>): Service =>
  SyntheticRoot.isSynthetic(root) ? root.service : root.traits.service

/** The node whose resource says where all of it goes: its root, or the top of least span id that a synthetic root holds. */
export const top = <A>({ root, descendants }: Segment<A>): Node.Node<A> | undefined => {
  if (!SyntheticRoot.isSynthetic(root)) return root
  let least: Node.Node<A> | undefined
  for (const node of descendants) {
    const isTop = node.parentSpanId === root.parentSpanId
    if (isTop && (least === undefined || node.spanId < least.spanId)) least = node
  }
  return least
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
