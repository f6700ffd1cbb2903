/**
 * A value for each series, in two generations: those with a point in this hour, and those whose last point was in the hour
 * before. Older ones are forgotten. Old versions of a table stay valid.
 */
import { frozen } from '../internal/frozen.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'

// model

export interface SeriesTable<A> {
  readonly recent: IdMap.IdMap<A>
  readonly recentCount: number
  /** Those that had no point since. */
  readonly earlier: IdMap.IdMap<A>
  readonly earlierCount: number
  /** When the hour of the recent ones began. */
  readonly begunMillis: number
}

const HOUR_MILLIS = 3_600_000

// constructors

export const empty: SeriesTable<never> = /* @__PURE__ */ frozen({
  recent: IdMap.empty,
  recentCount: 0,
  earlier: IdMap.empty,
  earlierCount: 0,
  begunMillis: Number.NEGATIVE_INFINITY,
})

// transformations

/** Forgets the series that had no point for an hour, at the end of each hour. O(1). */
export const advance = <A>(table: SeriesTable<A>, nowMillis: number): SeriesTable<A> => {
  const { begunMillis, recent, recentCount } = table
  // A clock that jumped back starts an hour as well.
  if (nowMillis >= begunMillis && nowMillis - begunMillis < HOUR_MILLIS) return table
  return { ...empty, earlier: recent, earlierCount: recentCount, begunMillis: nowMillis }
}

/** With the knowledge about a series; `undefined` if it is a new one, and the table has its maximum. */
export const set = <A>(
  table: SeriesTable<A>,
  key: string,
  value: A,
  maxSeries: number,
): SeriesTable<A> | undefined => {
  const { recent, recentCount, earlier, earlierCount, begunMillis } = table
  const next = IdMap.set(recent, key, value)
  if (IdMap.get(recent, key) !== undefined) return { ...table, recent: next }
  if (IdMap.get(earlier, key) !== undefined) {
    return {
      recent: next,
      recentCount: recentCount + 1,
      earlier: IdMap.set(earlier, key, undefined),
      earlierCount: earlierCount - 1,
      begunMillis,
    }
  }
  if (recentCount + earlierCount >= maxSeries) return undefined
  return { ...table, recent: next, recentCount: recentCount + 1 }
}

// folds

export const get = <A>({ recent, earlier }: SeriesTable<A>, key: string): A | undefined =>
  IdMap.get(recent, key) ?? IdMap.get(earlier, key)

export const size = ({ recentCount, earlierCount }: SeriesTable<unknown>): number =>
  recentCount + earlierCount
