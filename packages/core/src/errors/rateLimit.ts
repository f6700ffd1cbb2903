/**
 * The fourth step of capture: limits the errors of one type and place per minute. Each such kind has a token bucket that
 * fills evenly; an error takes one token. Immutable: old versions stay valid.
 */

import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import { readStack } from '../exception/readStack.ts'
import { frozen } from '../internal/frozen.ts'
import * as Hash from '../internal/Hash.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import * as Losses from '../model/Losses.ts'
import * as ExceptionValue from '../sentry/ExceptionValue.ts'
import type { CapturedException } from './classify.ts'

// model

export interface TokenBuckets {
  readonly buckets: IdMap.IdMap<Bucket>
  readonly kinds: number
}

interface Bucket {
  readonly tokens: number
  readonly atMillis: number
}

/** The buckets after an error, and whether it got a token. */
export interface Taken {
  readonly state: TokenBuckets
  readonly isTaken: boolean
}

/** A captured exception within the limit, with its parsed stack. */
export interface AdmittedException<S> {
  readonly captured: CapturedException<S>
  readonly chain: ExceptionValue.ExceptionChain
}

export interface RateLimited<S> {
  readonly buckets: TokenBuckets
  readonly admitted: ReadonlyArray<AdmittedException<S>>
  readonly losses: Losses.Losses
}

// constructors

export const empty: TokenBuckets = /* @__PURE__ */ frozen({ buckets: IdMap.empty, kinds: 0 })

// transformations

const MILLIS_PER_MINUTE = 60_000

const MAX_KINDS = 10_000

/** Drops the exceptions above the limit. The limit counts by the top frame of the stack. */
export const rateLimit = (
  parsers: ReadonlyArray<Parser>,
  maxPerMinute: number,
  read: ReturnType<typeof readStack> = readStack(parsers),
): (<S>(
  before: TokenBuckets,
  captured: ReadonlyArray<CapturedException<S>>,
  nowMillis: number,
) => RateLimited<S>) => {
  const toChain = ExceptionValue.ofRead(read)
  return <S>(
    before: TokenBuckets,
    captured: ReadonlyArray<CapturedException<S>>,
    nowMillis: number,
  ) => {
    const admitted: Array<AdmittedException<S>> = []
    let buckets = before
    for (const one of captured) {
      const chain = toChain(one.exception, one.handled)
      const { state, isTaken } = take(buckets, kindOf(chain), maxPerMinute, nowMillis)
      buckets = state
      if (isTaken) admitted.push({ captured: one, chain })
    }
    return {
      buckets,
      admitted,
      losses: Losses.of('error_limit', captured.length - admitted.length),
    }
  }
}

/** Takes a token of a kind. A full bucket has the tokens of a minute. */
export const take = (
  { buckets, kinds }: TokenBuckets,
  kind: ReadonlyArray<string>,
  maxPerMinute: number,
  nowMillis: number,
): Taken => {
  if (!Number.isFinite(maxPerMinute)) return { state: { buckets, kinds }, isTaken: true }
  const key = Hash.hex128(kind)
  const known = IdMap.get(buckets, key)
  // Bounds the memory: above the limit all kinds start again with full buckets.
  const isFull = known === undefined && kinds >= MAX_KINDS
  const filled =
    known === undefined
      ? maxPerMinute
      : known.tokens + ((nowMillis - known.atMillis) * maxPerMinute) / MILLIS_PER_MINUTE
  const tokens = Math.min(maxPerMinute, filled)
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

/** The type of the thrown exception and its newest call, that of the application's own code where there is one. */
const kindOf = ({ values }: ExceptionValue.ExceptionChain): ReadonlyArray<string> => {
  const outermost = values.at(-1)
  const top = newestOf(outermost?.stacktrace?.frames ?? [])
  return [outermost?.type ?? '', top?.module ?? top?.filename ?? '', top?.function ?? '']
}

/** The newest call of the application's own code, or else the newest call. */
const newestOf = (frames: ReadonlyArray<StackFrame>): StackFrame | undefined => {
  for (let at = frames.length - 1; at >= 0; at--) {
    const frame = frames[at]
    if (frame?.in_app === true) return frame
  }
  return frames.at(-1)
}
