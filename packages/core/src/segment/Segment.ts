/** The spans that will be one transaction: a root and all that is below it, in canonical order. */
import type { Micros } from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as Node from './Node.ts'
import type { Why } from './SegmentOrigin.ts'
import * as Synthetic from './SyntheticRoot.ts'

// model

export interface Segment<A> {
  readonly why: Why
  readonly root: Node.Node<A> | Synthetic.Synthetic
  /** Parents before their children; otherwise by start, then by span id. */
  readonly below: ReadonlyArray<Node.Node<A>>
}

// guards

/** Whether a node is the entry of a service that the segment begins with. */
export const isEntry = <A>({ why, root }: Segment<A>, node: Node.Node<A>): boolean =>
  why._tag === 'Entry' && root === node

// combinators

/** By the start of the root, then by trace and span id: the order in which segments leave. */
export const compare = <A>(a: Segment<A>, b: Segment<A>): number =>
  a.root.start - b.root.start ||
  compareText(a.root.traceId, b.root.traceId) ||
  compareText(a.root.spanId, b.root.spanId)

// destructors

/** What the transactions that continue a segment are named after; `undefined` where only the service is known. */
export const continuedName = <A>({ why, root }: Segment<A>): string | undefined => {
  if (why._tag === 'Continuation' && why.of !== undefined) return why.of
  return Synthetic.isSynthetic(root) ? undefined : Node.nameOf(root)
}

/** The real nodes of a segment: a synthetic root is none. */
export const nodes = <A>(segment: Segment<A>): ReadonlyArray<Node.Node<A>> =>
  Synthetic.isSynthetic(segment.root) ? segment.below : [segment.root, ...segment.below]

/**
 * The node that stands for the segment where one is needed: its root, or the earliest of those that a synthetic
 * root holds.
 */
export const first = <A>(segment: Segment<A>): Node.Node<A> | undefined =>
  Synthetic.isSynthetic(segment.root) ? segment.below[0] : segment.root

/** The end of its root; zero for one that did not end. */
export const end = <A>({ root }: Segment<A>): Micros =>
  Synthetic.isSynthetic(root) ? root.end : Node.end(root)

export const serviceOf = <A>({ root }: Segment<A>): Service =>
  Synthetic.isSynthetic(root) ? root.service : root.traits.service

/** The node whose resource says where all of it goes: its root, or the top of least span id that a synthetic root holds. */
export const top = <A>({ root, below }: Segment<A>): Node.Node<A> | undefined => {
  if (!Synthetic.isSynthetic(root)) return root
  let least: Node.Node<A> | undefined
  for (const node of below) {
    const isTop = node.parentSpanId === root.parentSpanId
    if (isTop && (least === undefined || node.spanId < least.spanId)) least = node
  }
  return least
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
