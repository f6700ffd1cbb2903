/** A map by trace id whose values expire one to two periods after their last change. Old versions stay valid. */

import { frozen } from '../frozen.ts'
import * as Expiring from './Expiring.ts'
import * as IdMap from './IdMap.ts'

// model

/** The values that changed in this period, and those that changed in the last one. */
export type ExpiringMap<A> = Expiring.Expiring<IdMap.IdMap<A>>

const PERIODS = 2

// constructors

const FIRST: Expiring.Bucket<IdMap.IdMap<never>> = {
  content: IdMap.empty,
  firstMillis: 0,
  lastMillis: 0,
}

export const empty: ExpiringMap<never> = /* @__PURE__ */ frozen([FIRST])

// transformations

/** Starts a new period if the present one is over. O(1). */
export const advance = <A>(
  map: ExpiringMap<A>,
  nowMillis: number,
  periodMillis: number,
): ExpiringMap<A> =>
  nowMillis - (map[0]?.firstMillis ?? 0) < periodMillis
    ? map
    : Expiring.push<IdMap.IdMap<A>>(map, IdMap.empty, nowMillis).slice(0, PERIODS)

/** Changes the value of a trace. */
export const modify = <A>(
  map: ExpiringMap<A>,
  traceId: string,
  change: (known: A | undefined) => A,
): ExpiringMap<A> => {
  const [newest = FIRST, ...earlier] = map
  const { content, firstMillis, lastMillis } = newest
  const changed = IdMap.set<A, string>(content, traceId, change(get(map, traceId)))
  return [{ content: changed, firstMillis, lastMillis }, ...earlier]
}

// folds

export const get = <A>(map: ExpiringMap<A>, traceId: string): A | undefined => {
  for (const { content } of map) {
    const value = IdMap.get(content, traceId)
    if (value !== undefined) return value
  }
  return undefined
}
