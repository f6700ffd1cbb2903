/** Divides a tree, given by the parents of its nodes, into connected parts within limits. Numbers only. */
import type { Limits } from '../model/Limits.ts'

// model

/** A part while it is made. */
interface Part {
  /** The nodes at its top; they hang on the same node. */
  readonly tops: ReadonlyArray<number>
  /** Spans it holds, and their bytes, tops included. */
  spans: number
  bytes: number
  /** The part it was put back into. */
  into: Part | undefined
}

/** What hangs together below a node, and is not closed off yet. */
interface Open {
  readonly top: number
  readonly spans: number
  readonly bytes: number
}

type Size = Pick<Limits, 'maxSpans' | 'maxSpanBytes'>

// destructors

/**
 * The number of the part of each node; part 0 is that of the root, which is none of the nodes. `parents` come before
 * their children; -1 stands for the root.
 */
export const divide = (
  parents: Int32Array,
  weights: ReadonlyArray<number>,
  size: Size,
): Int32Array => {
  // By the node they hang on: most nodes have none.
  const open = new Map<number, Array<Open>>()
  const atRoot: Array<Open> = []
  const closed: Array<Part> = []
  for (let node = parents.length - 1; node >= 0; node--) {
    const left = closeNode(node, weights[node] ?? 0, open.get(node) ?? [], size, closed)
    open.delete(node)
    if (left === undefined) continue
    const parent = parents[node] ?? -1
    if (parent === -1) atRoot.push(left)
    else {
      const siblings = open.get(parent)
      if (siblings === undefined) open.set(parent, [left])
      else siblings.push(left)
    }
  }
  // Parts were closed from the leaves up: the part of a node's parent comes after its own.
  const [first, ...others] = runsOf(atRoot.reverse(), size)
  for (const run of others) closed.push(partOf(run))
  return assign(parents, rootPart(first ?? []), closed.reverse(), size)
}

/** Closes what must be closed at a node; gives what stays open with it, or nothing if it was closed itself. */
const closeNode = (
  node: number,
  weight: number,
  children: Array<Open>,
  size: Size,
  closed: Array<Part>,
): Open | undefined => {
  // They were added from the last to the first.
  children.reverse()
  let whole = sum(node, weight, children)
  if (isHalf(whole, size) && !fits(below(whole, weight), size)) {
    const runs = runsOf(children, size)
    const rest = runs.pop() ?? []
    for (const run of runs) closed.push(partOf(run))
    whole = sum(node, weight, rest)
  }
  if (!isHalf(whole, size)) return whole
  closed.push(partOf([whole]))
  return undefined
}

/** Contiguous runs, each as long as it fits. What is open is less than half, so a run that ends is more than half. */
const runsOf = (all: ReadonlyArray<Open>, size: Size): Array<ReadonlyArray<Open>> => {
  const runs: Array<ReadonlyArray<Open>> = []
  let run: Array<Open> = []
  let spans = 0
  let bytes = 0
  for (const one of all) {
    if (run.length > 0 && !fits({ spans: spans + one.spans, bytes: bytes + one.bytes }, size)) {
      runs.push(run)
      run = []
      spans = 0
      bytes = 0
    }
    run.push(one)
    spans += one.spans
    bytes += one.bytes
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/**
 * Puts parts back into their parents' where they fit, from the root down, and gives every node the number of its part.
 * `closed` has parents' parts before those of their children.
 */
const assign = (
  parents: Int32Array,
  root: Part,
  closed: ReadonlyArray<Part>,
  size: Size,
): Int32Array => {
  const startsPart = new Array<Part | undefined>(parents.length)
  for (const part of closed) for (const top of part.tops) startsPart[top] = part
  const partOfNode: Array<Part> = []
  const decided = new Set<Part>()
  const numbers = new Map<Part, number>([[root, 0]])
  return parents.map((parent, node) => {
    const above = (parent < 0 ? undefined : partOfNode[parent]) ?? root
    const started = startsPart[node]
    if (started !== undefined && !decided.has(started)) {
      decided.add(started)
      putBack(started, above, size)
    }
    const part = started === undefined ? above : (started.into ?? started)
    partOfNode.push(part)
    const number = numbers.get(part) ?? numbers.size
    numbers.set(part, number)
    return number
  })
}

const putBack = (part: Part, above: Part, size: Size): void => {
  // The single top of a part is its root, which does not count; but it would count in the part above.
  const together = { spans: above.spans + part.spans, bytes: above.bytes + part.bytes }
  if (!fits(together, size)) return
  above.spans = together.spans
  above.bytes = together.bytes
  part.into = above
}

const rootPart = (run: ReadonlyArray<Open>): Part => ({ ...partOf(run), tops: [] })

const partOf = (run: ReadonlyArray<Open>): Part => ({
  tops: run.map(({ top }) => top),
  spans: run.reduce((total, { spans }) => total + spans, 0),
  bytes: run.reduce((total, { bytes }) => total + bytes, 0),
  into: undefined,
})

const sum = (top: number, weight: number, children: ReadonlyArray<Open>): Open => ({
  top,
  spans: children.reduce((total, { spans }) => total + spans, 1),
  bytes: children.reduce((total, { bytes }) => total + bytes, weight),
})

/** As a part of its own, the top is the root. */
const below = ({ spans, bytes }: Open, weight: number): Pick<Open, 'spans' | 'bytes'> => ({
  spans: spans - 1,
  bytes: bytes - weight,
})

const fits = (what: Pick<Open, 'spans' | 'bytes'>, size: Size): boolean =>
  what.spans <= size.maxSpans && what.bytes <= size.maxSpanBytes

const isHalf = (what: Pick<Open, 'spans' | 'bytes'>, size: Size): boolean =>
  what.spans * 2 >= size.maxSpans || what.bytes * 2 >= size.maxSpanBytes
