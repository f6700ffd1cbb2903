/**
 * What is remembered of traces for one to two periods: what came in the last period, and in the one before. Forgetting
 * costs nothing. Old versions stay as they were.
 */

import * as IdMap from '../internal/persistent/IdMap.ts'
import type { TraceId } from '../model/TraceId.ts'

// model

export interface Generations<A> {
  /** When the last period began. */
  readonly sinceMillis: number
  readonly last: IdMap.IdMap<A>
  readonly earlier: IdMap.IdMap<A>
}

// constructors

export const empty: Generations<never> = { sinceMillis: 0, last: IdMap.empty, earlier: IdMap.empty }

// combinators

/** Begins a new period if the last one is over. */
export const at = <A>(
  generations: Generations<A>,
  nowMillis: number,
  periodMillis: number,
): Generations<A> =>
  nowMillis - generations.sinceMillis < periodMillis
    ? generations
    : { sinceMillis: nowMillis, last: IdMap.empty, earlier: generations.last }

/** Changes what is remembered of a trace. */
export const modify = <A>(
  generations: Generations<A>,
  traceId: TraceId,
  change: (known: A | undefined) => A,
): Generations<A> => ({
  ...generations,
  last: IdMap.set(generations.last, traceId, change(get(generations, traceId))),
})

// destructors

export const get = <A>({ last, earlier }: Generations<A>, traceId: TraceId): A | undefined =>
  IdMap.get(last, traceId) ?? IdMap.get(earlier, traceId)
