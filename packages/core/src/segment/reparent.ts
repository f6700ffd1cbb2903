/** Children of dropped spans hang on the nearest ancestor that is kept, or on the dropped entry of their segment. */

import type { SpanId } from '../model/SpanId.ts'
import type { DroppedSpan } from './DroppedSpan.ts'
import * as Entry from './Entry.ts'
import type { Node } from './Node.ts'

// model

export interface Reparented<A> {
  readonly nodes: ReadonlyArray<Node<A>>
  /** Dropped spans that would have been entries: what hangs on them is dropped too. */
  readonly droppedEntries: ReadonlySet<SpanId>
}

// combinators

/** `evidence` tells of any span of the trace that is known: waiting, dropped or sent. */
export const reparent = <A>(
  nodes: ReadonlyArray<Node<A>>,
  tombstone: (id: SpanId) => DroppedSpan | undefined,
  evidence: (id: SpanId) => Entry.ParentEvidence | undefined,
): Reparented<A> => {
  const droppedEntries = new Set<SpanId>()
  const homes = new Map<SpanId, SpanId>()
  const homeOf = (start: SpanId): SpanId => {
    const passed = new Set<SpanId>()
    let at = start
    for (;;) {
      const known = homes.get(at)
      const dropped = known === undefined ? tombstone(at) : undefined
      if (known !== undefined) at = known
      if (dropped === undefined) break
      const above = dropped.parentSpanId
      // Dropped spans that go round in a circle have no ancestor: the circle is their entry.
      const isEntry =
        above === undefined ||
        passed.has(at) ||
        Entry.resolve(dropped, evidence(above)) !== undefined
      if (isEntry) {
        droppedEntries.add(at)
        break
      }
      passed.add(at)
      at = above
    }
    for (const id of passed) homes.set(id, at)
    return at
  }
  return {
    nodes: nodes.map((node) => {
      const { parentSpanId, traits } = node
      if (parentSpanId === undefined || traits.entry === 'entry') return node
      const dropped = tombstone(parentSpanId)
      if (dropped === undefined) return node
      // Whether it is an entry is decided by the parent it had.
      const entry = Entry.resolve(node, dropped.traits) === undefined ? 'inner' : 'entry'
      const decided = { ...traits, entry } as const
      const home = homeOf(parentSpanId)
      return home === parentSpanId
        ? { ...node, traits: decided }
        : {
            ...node,
            traits: decided,
            parentSpanId: home,
            originalParentSpanId: node.originalParentSpanId ?? parentSpanId,
          }
    }),
    droppedEntries,
  }
}
