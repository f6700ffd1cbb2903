/**
 * How many of a kind may go in a minute: each kind has a bucket of tokens that fills up evenly, and one that goes takes
 * one out. A state machine without a clock. Old versions stay as they were.
 */

import * as Hash from '../internal/Hash.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { EventId } from '../model/EventId.ts'

// model

export interface TokenBuckets {
  readonly buckets: IdMap.IdMap<Bucket, EventId>
  readonly kinds: number
}

interface Bucket {
  readonly tokens: number
  readonly atMillis: number
}

/** Whether one may go, and the buckets after it. */
export interface Taken {
  readonly state: TokenBuckets
  readonly isTaken: boolean
}

// constructors

export const empty: TokenBuckets = { buckets: IdMap.empty, kinds: 0 }

// combinators

/** A minute's worth may go at once. */
export const take = (
  { buckets, kinds }: TokenBuckets,
  kind: ReadonlyArray<string>,
  perMinute: number,
  nowMillis: number,
): Taken => {
  if (!Number.isFinite(perMinute)) return { state: { buckets, kinds }, isTaken: true }
  const key = Hash.toEventId(kind)
  const known = IdMap.get(buckets, key)
  // Among many kinds the knowledge of all is given up: it is bounded, and a full bucket is the worst that follows.
  const isFull = known === undefined && kinds >= MAX_KINDS
  const filled =
    known === undefined
      ? perMinute
      : known.tokens + ((nowMillis - known.atMillis) * perMinute) / MINUTE
  const tokens = Math.min(perMinute, filled)
  const isTaken = tokens >= 1
  const bucket = { tokens: isTaken ? tokens - 1 : tokens, atMillis: nowMillis }
  return {
    state: {
      buckets: IdMap.set(isFull ? IdMap.empty : buckets, key, bucket),
      kinds: isFull ? 1 : kinds + (known === undefined ? 1 : 0),
    },
    isTaken,
  }
}

const MINUTE = 60_000

const MAX_KINDS = 10_000
