/** Moves the children of dropped spans to their nearest kept ancestor, or to the dropped entry of their segment. */

import type { SpanId } from '../model/SpanId.ts'
import type { DroppedSpan } from './DroppedSpan.ts'
import * as Entry from './Entry.ts'
import type { Node } from './Node.ts'

// model

export interface Reparented<A> {
  readonly nodes: ReadonlyArray<Node<A>>
  /** Dropped spans that would have been entries: their descendants are dropped too. */
  readonly droppedEntries: ReadonlySet<SpanId>
  /** The same where the hook failed: their descendants are kept, and wait for nothing. */
  readonly failedEntries: ReadonlySet<SpanId>
}

// transformations

/**
 * `droppedSpan` finds the dropped spans of the trace, `evidence` all its known spans: waiting, dropped or sent. Linear in the
 * nodes and the dropped spans above them: each of these is visited once.
 */
export const reparent = <A>(
  nodes: ReadonlyArray<Node<A>>,
  droppedSpan: (id: SpanId) => DroppedSpan | undefined,
  evidence: (id: SpanId) => Entry.ParentEvidence | undefined,
): Reparented<A> => {
  const droppedEntries = new Set<SpanId>()
  const failedEntries = new Set<SpanId>()
  /** The new parent of the children of a dropped span. */
  const resolved = new Map<SpanId, SpanId>()
  const resolve = (start: SpanId): SpanId => {
    const visited = new Set<SpanId>()
    let at = start
    for (;;) {
      const known = resolved.get(at)
      const dropped = known === undefined ? droppedSpan(at) : undefined
      if (known !== undefined) at = known
      if (dropped === undefined) break
      const { parentSpanId } = dropped
      // Dropped spans in a cycle have no kept ancestor: the cycle counts as their entry.
      const isEntry =
        parentSpanId === undefined ||
        visited.has(at) ||
        Entry.resolve(dropped, evidence(parentSpanId)) !== undefined
      if (isEntry) {
        if (dropped.isFailed) failedEntries.add(at)
        else droppedEntries.add(at)
        break
      }
      visited.add(at)
      at = parentSpanId
    }
    for (const id of visited) resolved.set(id, at)
    return at
  }
  return {
    nodes: nodes.map((node) => {
      const { parentSpanId, traits } = node
      if (parentSpanId === undefined || traits.entry === 'entry') return node
      const dropped = droppedSpan(parentSpanId)
      if (dropped === undefined) return node
      // The original parent decides whether it is an entry.
      const entry = Entry.resolve(node, dropped.traits) === undefined ? 'inner' : 'entry'
      const decided = { ...traits, entry } as const
      const newParentSpanId = resolve(parentSpanId)
      return newParentSpanId === parentSpanId
        ? { ...node, traits: decided }
        : {
            ...node,
            traits: decided,
            parentSpanId: newParentSpanId,
            originalParentSpanId: node.originalParentSpanId ?? parentSpanId,
          }
    }),
    droppedEntries,
    failedEntries,
  }
}
