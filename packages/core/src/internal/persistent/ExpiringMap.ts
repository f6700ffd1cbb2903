/**
 * A map by trace id whose values expire some periods after their addition. A period ends early if much was added in it, so that
 * the map is bounded. Old versions stay valid.
 */

import { frozen } from '../frozen.ts'
import * as Expiring from './Expiring.ts'
import * as IdMap from './IdMap.ts'

// model

export interface ExpiringMap<A> {
  /** The values of this period, then those of earlier ones. A trace may have one in each. */
  readonly periods: Expiring.Expiring<IdMap.IdMap<A>>
  /** The weight of the values that were added in this period. */
  readonly weight: number
}

export interface PeriodBounds {
  readonly periodMillis: number
  /** A period with a greater weight is over. */
  readonly maxWeight: number
  /** The number of periods that are kept, the present one among them. */
  readonly periods: number
}

// constructors

const FIRST: Expiring.Bucket<IdMap.IdMap<never>> = {
  content: IdMap.empty,
  firstMillis: 0,
  lastMillis: 0,
}

export const empty: ExpiringMap<never> = /* @__PURE__ */ frozen({ periods: [FIRST], weight: 0 })

// transformations

/** Starts a new period if the present one is over. O(1). */
export const advance = <A>(
  map: ExpiringMap<A>,
  nowMillis: number,
  { periodMillis, maxWeight, periods: kept }: PeriodBounds,
): ExpiringMap<A> => {
  const { periods, weight } = map
  const isOver = nowMillis - (periods[0]?.firstMillis ?? 0) >= periodMillis || weight > maxWeight
  if (!isOver) return map
  const begun = Expiring.push<IdMap.IdMap<A>>(periods, IdMap.empty, nowMillis)
  return { periods: begun.slice(0, kept), weight: 0 }
}

/** Adds to the value of a trace in this period. The value that it has in an earlier period is not taken along. */
export const add = <A>(
  { periods, weight }: ExpiringMap<A>,
  traceId: string,
  added: number,
  change: (known: A | undefined) => A,
): ExpiringMap<A> => {
  const [newest = FIRST, ...earlier] = periods
  const { firstMillis, lastMillis } = newest
  const content = IdMap.set(newest.content, traceId, change(IdMap.get(newest.content, traceId)))
  return { periods: [{ content, firstMillis, lastMillis }, ...earlier], weight: weight + added }
}

/** Changes, or removes, the values that a trace has. */
export const update = <A>(
  map: ExpiringMap<A>,
  traceId: string,
  change: (known: A) => A | undefined,
): ExpiringMap<A> => {
  let isSame = true
  const periods = map.periods.map((period) => {
    const { content, firstMillis, lastMillis } = period
    const known = IdMap.get(content, traceId)
    const changed = known === undefined ? undefined : change(known)
    if (changed === known) return period
    isSame = false
    return { content: IdMap.set(content, traceId, changed), firstMillis, lastMillis }
  })
  return isSame ? map : { periods, weight: map.weight }
}

// folds

/** The values that a trace has, the newest first: at most one for each period. */
export const all = <A>({ periods }: ExpiringMap<A>, traceId: string): ReadonlyArray<A> => {
  let found: Array<A> | undefined
  for (const { content } of periods) {
    const value = IdMap.get(content, traceId)
    if (value === undefined) continue
    found ??= []
    found.push(value)
  }
  return found ?? NONE
}

const NONE: ReadonlyArray<never> = /* @__PURE__ */ frozen([])
