/**
 * Which exceptions were told apart from the segment that they belong to, so that they are not told again with it.
 */

import type { SpanId } from '../SpanId.ts'
import type { TraceId } from '../TraceId.ts'
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

// destructors

/** Asks whether an exception of a trace was told. */
export const asker = (told: Told, traceId: TraceId): ((mark: Mark) => boolean) => {
  const known = Generations.get(told, traceId)
  return (mark) => known?.has(textOf(mark)) === true
}

const textOf = ({ spanId, key }: Mark): string => `${spanId} ${key}`
