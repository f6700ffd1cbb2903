/**
 * Which exceptions were told apart from the segment that they belong to, so that they are not told again with it.
 */

import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Generations from './Generations.ts'

// model

export type Told = Generations.Generations<ReadonlySet<string>>

/** Which exception of which span. */
export interface Mark {
  readonly spanId: SpanId
  readonly key: string
}

// constructors

export const empty: Told = Generations.empty

// combinators

export const add = (told: Told, traceId: TraceId, marks: ReadonlyArray<Mark>): Told =>
  marks.length === 0
    ? told
    : Generations.modify(
        told,
        traceId,
        (known) => new Set<string>([...(known ?? []), ...marks.map(textOf)]),
      )

/** Without the marks of spans that are gone, but for those that `stays`. */
export const forget = (
  told: Told,
  traceId: TraceId,
  spanIds: Iterable<SpanId>,
  stays: (key: string) => boolean,
): Told => {
  const known = Generations.get(told, traceId)
  if (known === undefined || known.size === 0) return told
  const gone = new Set<string>(spanIds)
  const rest = [...known].filter((text) => {
    const at = text.indexOf(' ')
    return !gone.has(text.slice(0, at)) || stays(text.slice(at + 1))
  })
  return rest.length === known.size
    ? told
    : Generations.modify(told, traceId, () => new Set<string>(rest))
}

// destructors

/** Asks whether an exception of a trace was told. */
export const asker = (told: Told, traceId: TraceId): ((mark: Mark) => boolean) => {
  const known = Generations.get(told, traceId)
  return (mark) => known?.has(textOf(mark)) === true
}

const textOf = ({ spanId, key }: Mark): string => `${spanId} ${key}`
