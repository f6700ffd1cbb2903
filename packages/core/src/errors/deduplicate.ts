/**
 * The second step of capture: merges the records of one thrown exception.
 *
 * Copies have the same type, message and stack. The messages are the same, too, if one is the other with causes behind it, as
 * loggers write them: `not stored: no route`. They are on one ancestor path, or on siblings of different names: express
 * records an error on the handler, on each wrapper around it, and on the error handler beside it. Siblings of the same name
 * and kind are repeated calls, and each threw its own exception. Iterative, and linear but for sorting.
 */

import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import { groupStacks } from '../exception/groupStacks.ts'
import { type RecordedException, STATUS } from '../exception/RecordedException.ts'
import { partitionPoint } from '../internal/partitionPoint.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as TreePosition from '../segment/TreePosition.ts'
import type { Occurrence } from './collect.ts'
import type { LoggedException } from './LoggedException.ts'

// model

/** An exception that was thrown once, with all records of it. */
export interface UniqueException<S> {
  /** The record of the deepest span, which is the nearest to where the exception was thrown. */
  readonly innermost: Occurrence<S>
  /** All records in the order of the segment, `innermost` among them. */
  readonly occurrences: ReadonlyArray<Occurrence<S>>
}

type NonEmpty<A> = readonly [A, ...ReadonlyArray<A>]

type PositionOf<A> = (occurrence: Occurrence<Node<A>>) => TreePosition.TreePosition

/** The records of one exception on one span, while their copies on other spans are searched. */
interface SpanRecords<A> {
  readonly records: NonEmpty<Occurrence<Node<A>>>
  readonly position: TreePosition.TreePosition
  /** The nearest ancestor with copies. */
  ancestor: SpanRecords<A> | undefined
  /** The deepest descendant with copies; the earliest of those that are equally deep. */
  deepest: SpanRecords<A> | undefined
  /** The records below a sibling that these are merged into. */
  mergedInto: SpanRecords<A> | undefined
}

// constructors

/** The exceptions of a segment, in its order. */
export const deduplicate = (
  parsers: ReadonlyArray<Parser>,
): (<A>(
  segment: Segment.Segment<A>,
  occurrences: ReadonlyArray<Occurrence<Node<A>>>,
) => ReadonlyArray<UniqueException<Node<A>>>) => {
  const groupEqual = groupByContent(parsers)
  return (segment, occurrences) => {
    const groups = groupEqual(occurrences)
    if (groups === undefined && !occurrences.some(isStatus)) return occurrences.map(single)
    const positionOf = positionsIn(segment, occurrences)
    const unique =
      groups === undefined
        ? occurrences.map(single)
        : groups.flatMap((group) =>
            group.length === 1 ? group.map(single) : mergeCopies(group, positionOf),
          )
    return withoutFailedAncestors(unique, occurrences, positionOf).sort(
      (a, b) =>
        TreePosition.compare(positionOf(a.innermost), positionOf(b.innermost)) || compareKeys(a, b),
    )
  }
}

/** The exceptions of log records, without those of one span that have the content of an earlier one. */
export const deduplicateLogged = (
  occurrences: ReadonlyArray<Occurrence<LoggedException>>,
): ReadonlyArray<UniqueException<LoggedException>> =>
  groupBy(occurrences, ({ source: { traceId, spanId }, exception: { type, message, stack } }) =>
    [traceId, spanId, type, message, stack].join('\n'),
  ).map(([first]) => single(first))

const single = <S>(occurrence: Occurrence<S>): UniqueException<S> => ({
  innermost: occurrence,
  occurrences: [occurrence],
})

const positionsIn = <A>(
  segment: Segment.Segment<A>,
  occurrences: ReadonlyArray<Occurrence<Node<A>>>,
): PositionOf<A> => {
  const sources = new Set(occurrences.map(({ source }) => source))
  const positions = TreePosition.ofNodes(Segment.nodes(segment), sources)
  return ({ source }) => positions.get(source) ?? UNKNOWN
}

/** Never used: each source is a node of the segment. */
const UNKNOWN: TreePosition.TreePosition = { index: 0, end: 0, depth: 0 }

/** Groups records of equal type, message and stack; `undefined` if no two have the same type and message. */
const groupByContent = (
  parsers: ReadonlyArray<Parser>,
): (<S>(
  occurrences: ReadonlyArray<Occurrence<S>>,
) => ReadonlyArray<ReadonlyArray<Occurrence<S>>> | undefined) => {
  const groupsOf = groupStacks(parsers)
  return (occurrences) => {
    if (occurrences.length < 2) return undefined
    const known = new Set(occurrences.map(({ exception }) => nameOf(exception, exception.message)))
    const named = groupBy(occurrences, ({ exception }) => nameWithoutCauses(exception, known))
    if (named.length === occurrences.length) return undefined
    return named.flatMap((members) => {
      if (members.length === 1) return [members]
      const groups = groupsOf(members.map(({ exception }) => exception))
      return groupBy(members, (_member, index) => groups[index])
    })
  }
}

const nameOf = ({ type }: RecordedException, message: string): string => `${type}\n\n${message}`

const MAX_CAUSES = 8

/** The type and the shortest message of another record that is the start of this one's, without its causes. */
const nameWithoutCauses = (exception: RecordedException, known: ReadonlySet<string>): string => {
  const { message, stack } = exception
  // Only equal stacks show that a longer message is of the same exception.
  let colon = stack === '' ? -1 : message.indexOf(': ')
  for (let tried = 0; colon > 0 && tried < MAX_CAUSES; tried++) {
    const name = nameOf(exception, message.slice(0, colon))
    if (known.has(name)) return name
    colon = message.indexOf(': ', colon + 1)
  }
  return nameOf(exception, message)
}

// transformations

/** Decides which records of equal content are copies, first along ancestor paths, then among siblings. */
const mergeCopies = <A>(
  equal: ReadonlyArray<Occurrence<Node<A>>>,
  positionOf: PositionOf<A>,
): ReadonlyArray<UniqueException<Node<A>>> => {
  const spans = recordsOfSpans(equal, positionOf)
  linkAncestors(spans)
  linkSiblings(spans)
  const merged = new Map<SpanRecords<A>, Array<Occurrence<Node<A>>>>()
  for (const span of spans) {
    span.mergedInto = span.ancestor?.mergedInto ?? span.mergedInto
    const owner = span.mergedInto ?? span.deepest ?? span
    const others = merged.get(owner)
    if (others === undefined) merged.set(owner, [...span.records])
    else others.push(...span.records)
  }
  return [...merged].map(([owner, occurrences]) => ({ innermost: owner.records[0], occurrences }))
}

/** In pre-order. */
const recordsOfSpans = <A>(
  equal: ReadonlyArray<Occurrence<Node<A>>>,
  positionOf: PositionOf<A>,
): ReadonlyArray<SpanRecords<A>> =>
  groupBy(equal, ({ source }) => source)
    .map(
      (records): SpanRecords<A> => ({
        records,
        position: positionOf(records[0]),
        ancestor: undefined,
        deepest: undefined,
        mergedInto: undefined,
      }),
    )
    .sort((a, b) => TreePosition.compare(a.position, b.position))

const linkAncestors = <A>(spans: ReadonlyArray<SpanRecords<A>>): void => {
  const path: Array<SpanRecords<A>> = []
  for (const span of spans) {
    let last = path.at(-1)
    while (last !== undefined && !TreePosition.isWithin(span.position, last.position)) {
      path.pop()
      last = path.at(-1)
    }
    span.ancestor = last
    path.push(span)
  }
  for (const span of [...spans].reverse()) {
    const { ancestor } = span
    const deepest = span.deepest ?? span
    if (ancestor === undefined) continue
    if (ancestor.deepest === undefined || !isLess(deepest, ancestor.deepest)) {
      ancestor.deepest = deepest
    }
  }
}

/** Of siblings of different names or kinds, the one with the deepest copy keeps it; the others are merged into that. */
const linkSiblings = <A>(spans: ReadonlyArray<SpanRecords<A>>): void => {
  for (const siblings of groupBy(spans, ({ records }) => records[0].source.parentSpanId)) {
    const kept = siblings.reduce((a, b) => (isLess(b.deepest ?? b, a.deepest ?? a) ? a : b))
    for (const span of siblings) {
      if (callOf(span) !== callOf(kept)) span.mergedInto = kept.deepest ?? kept
    }
  }
}

const callOf = <A>({ records: [{ source, exception }] }: SpanRecords<A>): string =>
  `${source.traits.kind} ${exception.spanName}`

/** Whether records are less deep than others, or equally deep and later. */
const isLess = <A>({ position: a }: SpanRecords<A>, { position: b }: SpanRecords<A>): boolean =>
  a.depth < b.depth || (a.depth === b.depth && a.index > b.index)

const isStatus = <S>({ exception }: Occurrence<S>): boolean => exception.key === STATUS

/** Without spans that failed because a descendant did. */
const withoutFailedAncestors = <A>(
  unique: ReadonlyArray<UniqueException<Node<A>>>,
  occurrences: ReadonlyArray<Occurrence<Node<A>>>,
  positionOf: PositionOf<A>,
): Array<UniqueException<Node<A>>> => {
  const indexes = occurrences.map((one) => positionOf(one).index).sort((a, b) => a - b)
  const countBelow = (limit: number): number => partitionPoint(indexes, (index) => index < limit)
  return unique.filter(({ innermost }) => {
    if (!isStatus(innermost)) return true
    const { index, end } = positionOf(innermost)
    return countBelow(end) - countBelow(index) === 1
  })
}

const compareKeys = <S>(a: UniqueException<S>, b: UniqueException<S>): number =>
  a.innermost.exception.timeMicros - b.innermost.exception.timeMicros ||
  (a.innermost.exception.key < b.innermost.exception.key ? -1 : 1)

/** Groups values by a key; the groups are in the order of their first values. */
const groupBy = <A, K>(
  values: ReadonlyArray<A>,
  keyOf: (value: A, index: number) => K,
): ReadonlyArray<NonEmpty<A>> => {
  const groups = new Map<K, [A, ...Array<A>]>()
  for (const [index, value] of values.entries()) {
    const key = keyOf(value, index)
    const others = groups.get(key)
    if (others === undefined) groups.set(key, [value])
    else others.push(value)
  }
  return [...groups.values()]
}
