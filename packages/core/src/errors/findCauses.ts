/**
 * Finds the errors that are causes of other errors of their segment: a driver records its error on the span of the query, and
 * the caller records one of its own that names the first as its cause. The event of the caller's error shows both.
 */

import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import type { RecordedException } from '../exception/RecordedException.ts'
import type { ReadOnce } from '../exception/readOnce.ts'
import { partitionPoint } from '../internal/partitionPoint.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as TreePosition from '../segment/TreePosition.ts'
import type { Occurrence } from './collect.ts'
import type { UniqueException } from './deduplicate.ts'

// model

type Unique<A> = UniqueException<Node<A>>

type Positions<A> = ReadonlyMap<Node<A>, TreePosition.TreePosition>

interface Candidate<A> {
  readonly unique: Unique<A>
  readonly index: number
}

// constructors

/** The equal errors below one span that are compared with a cause: a cause is one of the last attempts. */
const MAX_COMPARED = 8

/** The spans with records of one error below which its cause is searched. */
const MAX_SPANS = 8

/**
 * Those of the errors that happened during the span of another error, and are what the stack of that names as a cause. Of
 * repeated calls only the last one is the cause; the errors of the others stay. `errors` are in the order of the segment.
 */
export const findCauses =
  (read: ReadOnce) =>
  <A>(segment: Segment.Segment<A>, errors: ReadonlyArray<Unique<A>>): ReadonlySet<Unique<A>> => {
    const found = new Set<Unique<A>>()
    if (errors.length < 2) return found
    const texts = new Set(errors.flatMap(({ innermost }) => textsOf(innermost.exception)))
    const isNamed = ({ value }: ParsedException): boolean => texts.has(value)
    const wrappers = errors.filter(({ innermost: { exception } }) =>
      causesOf(read, exception).some(isNamed),
    )
    if (wrappers.length === 0) return found
    const sources = new Set(errors.flatMap(({ occurrences }) => occurrences.map(sourceOf)))
    const positions = TreePosition.ofNodes(Segment.nodes(segment), sources)
    const byText = candidatesByText(errors, positions)
    for (const wrapper of wrappers) {
      if (found.has(wrapper)) continue
      const within = innermostPositions(wrapper, positions)
      for (const cause of causesOf(read, wrapper.innermost.exception)) {
        const last = latestWithin(byText.get(cause.value) ?? [], within).find(
          (unique) =>
            unique !== wrapper &&
            !found.has(unique) &&
            isNotLater(unique, wrapper) &&
            isSame(read, unique.innermost.exception, cause),
        )
        if (last !== undefined) found.add(last)
      }
    }
    return found
  }

const sourceOf = <A>({ source }: Occurrence<Node<A>>): Node<A> => source

const causesOf = (read: ReadOnce, exception: RecordedException): ReadonlyArray<ParsedException> =>
  read(exception).exceptions.slice(1)

/** The positions of the spans with records of an error, without those that only passed it on: the ancestors of its own span. */
const innermostPositions = <A>(
  { innermost, occurrences }: Unique<A>,
  positions: Positions<A>,
): ReadonlyArray<TreePosition.TreePosition> => {
  const own = positions.get(innermost.source)
  if (own === undefined) return []
  const others = new Set(occurrences.map(sourceOf))
  others.delete(innermost.source)
  const beside = [...others]
    .slice(0, MAX_SPANS)
    .flatMap((source) => positions.get(source) ?? [])
    .filter((position) => !TreePosition.isWithin(own, position))
  return [own, ...beside]
}

/** The last candidates within each of some spans, the latest first. */
const latestWithin = <A>(
  candidates: ReadonlyArray<Candidate<A>>,
  within: ReadonlyArray<TreePosition.TreePosition>,
): ReadonlyArray<Unique<A>> =>
  within.flatMap((position) => {
    const first = partitionPoint(candidates, ({ index }) => index < position.index)
    const end = partitionPoint(candidates, ({ index }) => index < position.end)
    return candidates
      .slice(Math.max(first, end - MAX_COMPARED), end)
      .reverse()
      .map(({ unique }) => unique)
  })

const candidatesByText = <A>(
  errors: ReadonlyArray<Unique<A>>,
  positions: Positions<A>,
): ReadonlyMap<string, ReadonlyArray<Candidate<A>>> => {
  const byText = new Map<string, Array<Candidate<A>>>()
  for (const unique of errors) {
    const index = positions.get(unique.innermost.source)?.index ?? 0
    for (const text of textsOf(unique.innermost.exception)) {
      const others = byText.get(text)
      if (others === undefined) byText.set(text, [{ unique, index }])
      else others.push({ unique, index })
    }
  }
  for (const candidates of byText.values()) candidates.sort((a, b) => a.index - b.index)
  return byText
}

/** The texts that a cause may have which is this exception. */
const textsOf = ({ message, statusMessage }: RecordedException): ReadonlyArray<string> =>
  statusMessage === undefined || statusMessage === message ? [message] : [message, statusMessage]

// guards

const isNotLater = <A>(a: Unique<A>, b: Unique<A>): boolean =>
  a.innermost.exception.timeMicros <= b.innermost.exception.timeMicros

/** Whether an exception, of which a text is that of a cause, is that cause: by the newest call, else by the type. */
const isSame = (read: ReadOnce, exception: RecordedException, cause: ParsedException): boolean => {
  const isOnlyText = exception.type === '' && exception.stack === ''
  if (isOnlyText) return cause.value !== ''
  const [outermost] = read(exception).exceptions
  if (outermost === undefined) return false
  const [newest, ofCause] = [outermost.frames.at(-1), cause.frames.at(-1)]
  if (newest === undefined || ofCause === undefined) return outermost.type === cause.type
  return (
    newest.function === ofCause.function &&
    newest.filename === ofCause.filename &&
    newest.lineno === ofCause.lineno &&
    (cause.value !== '' || outermost.type === cause.type)
  )
}
