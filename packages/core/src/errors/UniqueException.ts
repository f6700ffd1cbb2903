/**
 * An exception of a segment with its copies: what was thrown once is one error, however many spans recorded it.
 *
 * Copies have one type, message and stack, and lie on one line from an ancestor down, or on siblings of different names:
 * express records an error on the handler, on each wrapper around it, and on the error handler beside it. Siblings of the
 * same name and kind are calls that were repeated, and threw anew each time. Linear but for sorting, and iterative.
 */

import { type RecordedException, STATUS } from '../exception/RecordedException.ts'
import { partitionPoint } from '../internal/partitionPoint.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as Place from './Place.ts'
import { sameStacks } from './sameStacks.ts'

// model

/** One record of an exception, and the span that has it. */
export interface Recorded<A> {
  readonly node: Node<A>
  readonly thrown: RecordedException
}

export interface UniqueException<A> {
  /** The deepest of the copies, where the exception was thrown as far as spans tell. */
  readonly innermost: Recorded<A>
  /** All records of it, in the order of the segment; that of `at` among them. */
  readonly occurrences: ReadonlyArray<Recorded<A>>
}

// constructors

/** What was thrown in a segment, in its order. `thrownOf` gives what a node recorded. */
export const inSegment =
  <A>(thrownOf: (node: Node<A>) => ReadonlyArray<RecordedException>) =>
  (segment: Segment.Segment<A>): ReadonlyArray<UniqueException<A>> => {
    const nodes = Segment.nodes(segment)
    const records: Array<Recorded<A>> = []
    // A segment may be large: most of its nodes have none.
    for (const node of nodes) for (const thrown of thrownOf(node)) records.push({ node, thrown })
    const alike = classesOf(records)
    if (alike === undefined && !records.some(isStatus)) return records.map(alone)
    const placeOf = placesOf(nodes, records)
    const raised = [...(alike ?? records.map((record) => [record]))].flatMap((members) =>
      members.length === 1 ? members.map(alone) : collapse(members, placeOf),
    )
    return withoutFollowers(raised, records, placeOf).sort(
      (a, b) => Place.compare(placeOf(a.innermost), placeOf(b.innermost)) || compareKeys(a, b),
    )
  }

const alone = <A>(record: Recorded<A>): UniqueException<A> => ({
  innermost: record,
  occurrences: [record],
})

type PlaceOf<A> = (record: Recorded<A>) => Place.Place

const placesOf = <A>(
  nodes: ReadonlyArray<Node<A>>,
  records: ReadonlyArray<Recorded<A>>,
): PlaceOf<A> => {
  const places = Place.ofNodes(nodes, new Set(records.map(({ node }) => node)))
  return ({ node }) => places.get(node) ?? { at: 0, end: 0, depth: 0 }
}

/** Records of one type, message and stack together; `undefined` where no two are alike. */
const classesOf = <A>(
  records: ReadonlyArray<Recorded<A>>,
): ReadonlyArray<ReadonlyArray<Recorded<A>>> | undefined => {
  if (records.length < 2) return undefined
  const named = groupBy(records, ({ thrown }) => `${thrown.type}\n\n${thrown.message}`)
  if (named.length === records.length) return undefined
  return named.flatMap((members) => {
    if (members.length === 1) return [members]
    const classes = sameStacks(members.map(({ thrown }) => thrown))
    return groupBy(members, (_member, index) => classes[index])
  })
}

type NonEmpty<A> = readonly [A, ...ReadonlyArray<A>]

/** The copies on one span, while it is found out which of them are one. */
interface Line<A> {
  readonly records: NonEmpty<Recorded<A>>
  readonly place: Place.Place
  /** The nearest span above that has copies too. */
  above: Line<A> | undefined
  /** The deepest span below it that has copies; of those that are equally deep the earliest. */
  tip: Line<A> | undefined
  /** Where it belongs instead, if it is beside a sibling that has copies farther down. */
  beside: Line<A> | undefined
}

const collapse = <A>(
  members: ReadonlyArray<Recorded<A>>,
  placeOf: PlaceOf<A>,
): ReadonlyArray<UniqueException<A>> => {
  const lines = linesOf(members, placeOf)
  linkAbove(lines)
  joinSiblings(lines)
  const copies = new Map<Line<A>, Array<Recorded<A>>>()
  for (const line of lines) {
    line.beside = line.above?.beside ?? line.beside
    const owner = line.beside ?? line.tip ?? line
    const known = copies.get(owner)
    if (known === undefined) copies.set(owner, [...line.records])
    else known.push(...line.records)
  }
  return [...copies].map(([line, all]) => ({ innermost: line.records[0], occurrences: all }))
}

const linesOf = <A>(
  members: ReadonlyArray<Recorded<A>>,
  placeOf: PlaceOf<A>,
): ReadonlyArray<Line<A>> =>
  groupBy(members, ({ node }) => node)
    .map(
      (records): Line<A> => ({
        records,
        place: placeOf(records[0]),
        above: undefined,
        tip: undefined,
        beside: undefined,
      }),
    )
    .sort((a, b) => Place.compare(a.place, b.place))

const linkAbove = <A>(lines: ReadonlyArray<Line<A>>): void => {
  const open: Array<Line<A>> = []
  for (const line of lines) {
    let last = open.at(-1)
    while (last !== undefined && !Place.isWithin(line.place, last.place)) {
      open.pop()
      last = open.at(-1)
    }
    line.above = last
    open.push(line)
  }
  for (const line of [...lines].reverse()) {
    const { above } = line
    const tip = line.tip ?? line
    if (above === undefined) continue
    if (above.tip === undefined || !isBehind(tip, above.tip)) above.tip = tip
  }
}

/** Of siblings with different names or kinds those with the deepest copy stay; the others go to it. */
const joinSiblings = <A>(lines: ReadonlyArray<Line<A>>): void => {
  for (const siblings of groupBy(lines, ({ records }) => records[0].node.parentSpanId)) {
    const winner = siblings.reduce((a, b) => (isBehind(b.tip ?? b, a.tip ?? a) ? a : b))
    for (const line of siblings) {
      if (callOf(line) !== callOf(winner)) line.beside = winner.tip ?? winner
    }
  }
}

const callOf = <A>({ records: [{ node, thrown }] }: Line<A>): string =>
  `${node.traits.kind} ${thrown.spanName}`

/** Whether a line is less deep than another one, or as deep and later. */
const isBehind = <A>(a: Line<A>, b: Line<A>): boolean =>
  a.place.depth < b.place.depth || (a.place.depth === b.place.depth && a.place.at > b.place.at)

const isStatus = <A>({ thrown }: Recorded<A>): boolean => thrown.key === STATUS

/** Without spans that failed because something below them did. */
const withoutFollowers = <A>(
  raised: ReadonlyArray<UniqueException<A>>,
  records: ReadonlyArray<Recorded<A>>,
  placeOf: PlaceOf<A>,
): Array<UniqueException<A>> => {
  const all = records.map((record) => placeOf(record).at).sort((a, b) => a - b)
  return raised.filter(({ innermost }) => {
    if (!isStatus(innermost)) return true
    const place = placeOf(innermost)
    const before = (limit: number): number => partitionPoint(all, (number) => number < limit)
    return before(place.end) - before(place.at) === 1
  })
}

const compareKeys = <A>(a: UniqueException<A>, b: UniqueException<A>): number =>
  a.innermost.thrown.time - b.innermost.thrown.time ||
  (a.innermost.thrown.key < b.innermost.thrown.key ? -1 : 1)

/** Values with one key together, both in the order of the first. */
const groupBy = <A, K>(
  all: ReadonlyArray<A>,
  keyOf: (value: A, index: number) => K,
): ReadonlyArray<NonEmpty<A>> => {
  const groups = new Map<K, [A, ...Array<A>]>()
  for (const [index, value] of all.entries()) {
    const key = keyOf(value, index)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [value])
    else known.push(value)
  }
  return [...groups.values()]
}
