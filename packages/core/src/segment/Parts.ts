/**
 * Divides a tree into connected parts within limits. The tree is an array of numbers: the index of the parent of each node.
 */
import { append } from '../internal/append.ts'
import type { Limits } from '../model/Limits.ts'
import { NO_PARENT } from './parentIndexes.ts'

// model

type Size = Pick<Limits, 'maxSpans' | 'maxSpanBytes'>

interface Load {
  readonly spans: number
  readonly bytes: number
}

/** A part under construction. */
interface Part {
  /** Its nodes whose parent is in another part; that parent is the same for all. */
  readonly roots: ReadonlyArray<number>
  /** The number and bytes of its spans, roots included. */
  spans: number
  bytes: number
  /** The part that it was merged into. */
  mergedInto: Part | undefined
}

/** A subtree that is not in a part yet. */
interface Open extends Load {
  readonly root: number
}

// transformations

/**
 * The number of the part of each node. Part 0 is that of the root of the tree, which is not among the nodes. `parents` come
 * before their children; a child of the root has `NO_PARENT`.
 */
export const divide = (
  parents: Int32Array,
  weights: ReadonlyArray<number>,
  size: Size,
): Int32Array => {
  // Open subtrees by the parent of their root. A map, since most nodes have no children.
  const open = new Map<number, [Open, ...Array<Open>]>()
  const belowRoot: Array<Open> = []
  const parts: Array<Part> = []
  for (let node = parents.length - 1; node >= 0; node--) {
    const subtree = closeNode(
      { node, weight: weights[node] ?? 0, size },
      open.get(node) ?? [],
      parts,
    )
    open.delete(node)
    if (subtree === undefined) continue
    const parent = parents[node] ?? NO_PARENT
    if (parent === NO_PARENT) belowRoot.push(subtree)
    else append(open, parent, subtree)
  }
  const [first = [], ...others] = runsOf(belowRoot.reverse(), size)
  for (const run of others) parts.push(partOf(run))
  // Parts were made bottom-up: that of a node comes before that of its parent.
  return assign(parents, { ...partOf(first), roots: [] }, parts.reverse(), size)
}

/** Makes the parts that end at a node; returns the subtree that remains open, unless the node is in a part itself. */
const closeNode = (
  { node, weight, size }: { readonly node: number; readonly weight: number; readonly size: Size },
  children: Array<Open>,
  parts: Array<Part>,
): Open | undefined => {
  // They were added from the last to the first.
  children.reverse()
  let subtree = subtreeOf(node, weight, children)
  if (isHalfFull(subtree, size) && !fits(withoutRoot(subtree, weight), size)) {
    const runs = runsOf(children, size)
    const last = runs.pop() ?? []
    for (const run of runs) parts.push(partOf(run))
    subtree = subtreeOf(node, weight, last)
  }
  if (!isHalfFull(subtree, size)) return subtree
  parts.push(partOf([subtree]))
  return undefined
}

/**
 * Contiguous runs of subtrees, each as long as it fits. An open subtree is less than half of a limit, so a run that another
 * one follows is more than half.
 */
const runsOf = (subtrees: ReadonlyArray<Open>, size: Size): Array<ReadonlyArray<Open>> => {
  const runs: Array<ReadonlyArray<Open>> = []
  let run: Array<Open> = []
  let spans = 0
  let bytes = 0
  for (const subtree of subtrees) {
    const sum = { spans: spans + subtree.spans, bytes: bytes + subtree.bytes }
    if (run.length > 0 && !fits(sum, size)) {
      runs.push(run)
      run = []
      spans = 0
      bytes = 0
    }
    run.push(subtree)
    spans += subtree.spans
    bytes += subtree.bytes
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/**
 * Top-down, merges parts into those of their parents if they fit, and numbers the parts. In `parts`, the part of a node's
 * parent comes before its own.
 */
const assign = (
  parents: Int32Array,
  rootPart: Part,
  parts: ReadonlyArray<Part>,
  size: Size,
): Int32Array => {
  const partWithRoot = new Array<Part | undefined>(parents.length)
  for (const part of parts) for (const root of part.roots) partWithRoot[root] = part
  const partOfNode: Array<Part> = []
  const decided = new Set<Part>()
  const numbers = new Map<Part, number>([[rootPart, 0]])
  return parents.map((parent, node) => {
    const parentPart = (parent < 0 ? undefined : partOfNode[parent]) ?? rootPart
    const ownPart = partWithRoot[node]
    if (ownPart !== undefined && !decided.has(ownPart)) {
      decided.add(ownPart)
      mergeIfItFits(ownPart, parentPart, size)
    }
    const part = ownPart === undefined ? parentPart : (ownPart.mergedInto ?? ownPart)
    partOfNode.push(part)
    const number = numbers.get(part) ?? numbers.size
    numbers.set(part, number)
    return number
  })
}

const mergeIfItFits = (part: Part, target: Part, size: Size): void => {
  // The single root of a part becomes the root of a transaction, which does not count; it would count in the target.
  const sum = { spans: target.spans + part.spans, bytes: target.bytes + part.bytes }
  if (!fits(sum, size)) return
  target.spans = sum.spans
  target.bytes = sum.bytes
  part.mergedInto = target
}

// constructors

const partOf = (run: ReadonlyArray<Open>): Part => ({
  roots: run.map(({ root }) => root),
  spans: run.reduce((total, { spans }) => total + spans, 0),
  bytes: run.reduce((total, { bytes }) => total + bytes, 0),
  mergedInto: undefined,
})

const subtreeOf = (root: number, weight: number, children: ReadonlyArray<Open>): Open => ({
  root,
  spans: children.reduce((total, { spans }) => total + spans, 1),
  bytes: children.reduce((total, { bytes }) => total + bytes, weight),
})

/** In a part of its own, the root of a subtree becomes the root of a transaction, which does not count. */
const withoutRoot = ({ spans, bytes }: Load, weight: number): Load => ({
  spans: spans - 1,
  bytes: bytes - weight,
})

// guards

const fits = ({ spans, bytes }: Load, { maxSpans, maxSpanBytes }: Size): boolean =>
  spans <= maxSpans && bytes <= maxSpanBytes

const isHalfFull = ({ spans, bytes }: Load, { maxSpans, maxSpanBytes }: Size): boolean =>
  spans * 2 >= maxSpans || bytes * 2 >= maxSpanBytes
