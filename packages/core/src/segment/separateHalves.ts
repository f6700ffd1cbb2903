/**
 * Separates the halves of calls that share a span id, and moves the spans of the separated half's service below it. The result
 * does not depend on the order of arrival.
 */
import type { SpanId } from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { DroppedSpan } from './DroppedSpan.ts'
import type * as Entry from './Entry.ts'
import type { Forest } from './Forest.ts'
import * as Halves from './Halves.ts'
import * as Node from './Node.ts'

// model

/** The spans of the trace that were sent or dropped; `undefined` where there are none. */
export interface LeftSpans {
  readonly sent: ((id: SpanId) => Entry.ParentEvidence | undefined) | undefined
  readonly dropped: ((id: SpanId) => DroppedSpan | undefined) | undefined
}

interface Moved<A> {
  readonly nodes: ReadonlyArray<Node.Node<A>>
  /** Halves that were dropped, under ids of their own. */
  readonly tombstones: ReadonlyMap<SpanId, DroppedSpan>
}

type Compare<A> = (a: Node.Node<A>, b: Node.Node<A>) => number

const PAIRS: ReadonlyArray<readonly [SpanKind.SpanKind, SpanKind.SpanKind]> = [
  ['CLIENT', 'SERVER'],
  ['PRODUCER', 'CONSUMER'],
]

const NO_TOMBSTONES: ReadonlyMap<SpanId, DroppedSpan> = new Map()

// transformations

/** A node under an id of its own, because the other half of its call holds the id that it has. */
export const separate = <A>(node: Node.Node<A>): Node.Node<A> => {
  const { traceId, spanId, traits, details } = node
  const { kind, service } = traits
  const id = Halves.idOf({ traceId, spanId, service }, kind)
  const separated: Node.Node<A> = {
    ...node,
    spanId: id,
    half: { _tag: 'Separated', sharedSpanId: spanId },
    details:
      details.breadcrumbs.length === 0
        ? details
        : { ...details, breadcrumbs: details.breadcrumbs.map(Breadcrumb.ofSpanId(id)) },
  }
  return SpanKind.receives(kind) ? belowCaller(separated, spanId) : separated
}

/** The caller is the parent of the receiver. The flags of a span are about the parent that it named. */
const belowCaller = <A>(node: Node.Node<A>, parentSpanId: SpanId): Node.Node<A> => {
  const { kind, service } = node.traits
  const original = node.originalParentSpanId ?? node.parentSpanId
  return {
    ...node,
    parentSpanId,
    ...(original === undefined || original === parentSpanId
      ? {}
      : { originalParentSpanId: original }),
    traits: { kind, service, entry: 'ask-parent', parentIsLocal: false },
  }
}

/** The nodes of a forest with each half under its own id: of several copies of a half the greatest. */
export const separatePairs = <A>(
  compare: Compare<A>,
  { members, copies }: Forest<A>,
): ReadonlyArray<Node.Node<A>> => {
  const nodes: Array<Node.Node<A>> = []
  for (const { node } of members) {
    const all = copies?.get(node.spanId)
    const pair = all === undefined ? undefined : pairOf(compare, all)
    if (pair === undefined) nodes.push(node)
    else nodes.push(...pair)
  }
  return nodes
}

/** The caller and the receiver among copies with one id; `undefined` if they are copies of one span. */
const pairOf = <A>(
  compare: Compare<A>,
  copies: ReadonlyArray<Node.Node<A>>,
): readonly [Node.Node<A>, Node.Node<A>] | undefined => {
  const greatest = new Map<SpanKind.SpanKind, Node.Node<A>>()
  for (const node of copies) {
    const other = greatest.get(node.traits.kind)
    if (other === undefined || compare(node, other) > 0) greatest.set(node.traits.kind, node)
  }
  for (const [calls, receives] of PAIRS) {
    const caller = greatest.get(calls)
    const receiver = greatest.get(receives)
    if (caller === undefined || receiver === undefined) continue
    const receivedBy = receiver.traits.service
    return [{ ...caller, half: { _tag: 'Caller', receivedBy } }, separate(receiver)]
  }
  return undefined
}

/** Gives the nodes that refer to a shared id the half that they mean as their parent. The same list if none does. */
export const moveToHalves = <A>(
  nodes: ReadonlyArray<Node.Node<A>>,
  { sent, dropped }: LeftSpans,
): Moved<A> => {
  const isSeparated = nodes.some(({ half }) => half?._tag === 'Separated')
  if (!isSeparated && sent === undefined && dropped === undefined) {
    return { nodes, tombstones: NO_TOMBSTONES }
  }
  const tombstones = new Map<SpanId, DroppedSpan>()
  const waiting = new Map<SpanId, Entry.ParentEvidence>()
  for (const { spanId, traits } of nodes) waiting.set(spanId, traits)
  const known = (id: SpanId): Entry.ParentEvidence | undefined =>
    waiting.get(id) ?? sent?.(id) ?? dropped?.(id)?.traits
  const halfOf = ({ traceId, traits, parentSpanId }: Node.Node<A>): SpanId | undefined => {
    if (parentSpanId === undefined) return undefined
    const reference = { traceId, spanId: parentSpanId, service: traits.service }
    const tombstone = dropped?.(parentSpanId)
    return Halves.meant(reference, known(parentSpanId), (id) => {
      const half = known(id)
      if (half !== undefined || tombstone === undefined) return half
      tombstones.set(id, separateDropped(tombstone, id))
      return tombstone.traits
    })
  }
  const moved = nodes.map((node) => {
    // The receiver names the shared id itself.
    const id = Node.arrivedSpanId(node) === node.parentSpanId ? undefined : halfOf(node)
    return id === undefined ? node : below(node, id)
  })
  const isSame = moved.every((node, i) => node === nodes[i])
  return { nodes: isSame ? nodes : moved, tombstones }
}

const below = <A>(node: Node.Node<A>, parentSpanId: SpanId): Node.Node<A> => {
  const original = node.originalParentSpanId ?? node.parentSpanId
  return {
    ...node,
    parentSpanId,
    ...(original === undefined ? {} : { originalParentSpanId: original }),
  }
}

/** A dropped half under an id of its own. */
export const separateDropped = (dropped: DroppedSpan, id: SpanId): DroppedSpan => {
  const { traceId, spanId, parentSpanId, traits, isFailed } = dropped
  const { kind, service } = traits
  return SpanKind.receives(kind)
    ? {
        traceId,
        spanId: id,
        parentSpanId: spanId,
        traits: { kind, service, entry: 'ask-parent', parentIsLocal: false },
        isFailed,
      }
    : { traceId, spanId: id, parentSpanId, traits, isFailed }
}
