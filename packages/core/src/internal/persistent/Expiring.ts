/**
 * Contents in buckets by the time of their addition. Whole buckets expire, so that expiry is O(1) and no value needs a
 * timer. Old versions stay valid.
 */
import { frozen } from '../frozen.ts'

// model

/** The newest bucket is the first. */
export type Expiring<B> = ReadonlyArray<Bucket<B>>

export interface Bucket<B> {
  readonly content: B
  /** When the bucket was added. */
  readonly firstMillis: number
  /** When its content changed last. */
  readonly lastMillis: number
}

// constructors

export const empty: Expiring<never> = /* @__PURE__ */ frozen([])

// transformations

/** Adds a bucket. */
export const push = <B>(buckets: Expiring<B>, content: B, nowMillis: number): Expiring<B> => [
  { content, firstMillis: nowMillis, lastMillis: nowMillis },
  ...buckets,
]

/** Replaces the content of the newest bucket, if there is one. */
export const update = <B>(
  [newest, ...others]: Expiring<B>,
  content: B,
  nowMillis: number,
): Expiring<B> =>
  newest === undefined
    ? others
    : [{ content, firstMillis: newest.firstMillis, lastMillis: nowMillis }, ...others]

export const dropOldest = <B>(buckets: Expiring<B>): Expiring<B> => buckets.slice(0, -1)

/** Drops the buckets whose content changed last at least so long ago. */
export const expire = <B>(
  buckets: Expiring<B>,
  windowMillis: number,
  nowMillis: number,
): Expiring<B> =>
  buckets.length > 0 && lastMillis(buckets) + windowMillis <= nowMillis
    ? expire(dropOldest(buckets), windowMillis, nowMillis)
    : buckets

// folds

/** When the content of the oldest bucket changed last; infinite without buckets. */
export const lastMillis = (buckets: Expiring<unknown>): number =>
  buckets.at(-1)?.lastMillis ?? Number.POSITIVE_INFINITY
