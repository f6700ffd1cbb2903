/**
 * A transaction that can be made: all that it takes is there. Of many that are ready at once each is made when it is its
 * turn, so that their heads need not be held together.
 */

import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import { type BreadcrumbsOf, breadcrumbsIn } from '../segment/breadcrumbsIn.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import type { split } from '../segment/split.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { EventBase } from '../sentry/EventBase.ts'
import { MAX_CONTEXT_BYTES } from '../size/fitContext.ts'
import { complete } from './complete.ts'
import { fitHead } from './fitHead.ts'
import type * as Hooks from './Hooks.ts'
import * as Transaction from './Transaction.ts'

// model

export interface TransactionPlan<A> {
  /** Within the limits of a transaction. */
  readonly part: Segment.Segment<A>
  /** The resource of the entry of its segment. */
  readonly from: Resource
  /** What was thrown and became no error. */
  readonly thrown: BreadcrumbsOf<A>
}

/** What a draft became. */
export interface Made<A> {
  /** `undefined` if a hook dropped it. */
  readonly transaction: Transaction.Transaction<A> | undefined
  /** What its head ends with, as it stands there, if it shares all that with other events of its resource. */
  readonly base: EventBase | undefined
  readonly losses: Losses.Losses
}

// constructors

/** The drafts of segments, by the start of their roots. */
export const ofSegments = <A>(
  segments: ReadonlyArray<Segment.Segment<A>>,
  divide: ReturnType<typeof split>,
  thrown: BreadcrumbsOf<A>,
): ReadonlyArray<TransactionPlan<A>> => {
  const drafts: Array<TransactionPlan<A>> = []
  for (const segment of segments) {
    const from = Segment.routingNode(segment)?.details.base.from
    if (from === undefined) continue
    for (const part of divide(segment)) drafts.push({ part, from, thrown })
  }
  return drafts.sort((a, b) => Segment.Ord.compare(a.part, b.part))
}

// destructors

/** Spans of the input that it holds: a root that no program made is none. */
export const spanCount = <A>({ part: { root, descendants } }: TransactionPlan<A>): number =>
  descendants.length + (SyntheticRoot.isSynthetic(root) ? 0 : 1)

/** `nowMillis` is zero where there is no clock. */
export const make = <A>(
  limits: Pick<Limits, 'maxHeadBytes'>,
  payload: Payload<A>,
  hook: Hooks.Hooks['transaction'],
): ((nowMillis: number) => (draft: TransactionPlan<A>) => Made<A>) => {
  const toTransaction = Transaction.ofSegment(payload)
  const completeAt = complete(hook, limits, payload)
  return (nowMillis) => {
    const toCompleted = completeAt(nowMillis)
    return (draft) => {
      const { part, thrown } = draft
      const breadcrumbs = breadcrumbsIn(part, thrown)
      const made = toTransaction(part, Breadcrumb.newest(breadcrumbs))
      if (made === undefined) return NOTHING
      const mayBeLarge = breadcrumbs.length > 0 || isHeavy(part, limits.maxHeadBytes)
      const fitted = mayBeLarge ? fitHead(made, limits.maxHeadBytes) : made
      const { transaction, isMoved } = toCompleted(fitted)
      const base = hook === undefined && fitted === made ? sharedBase(part, made) : undefined
      const counts = {
        before_send: transaction === undefined ? spanCount(draft) : 0,
        event: Math.max(0, breadcrumbs.length - Breadcrumb.MAX_BREADCRUMBS),
        field: Number(SegmentName.isCut(part)),
        moved: Number(isMoved),
        trimmed: Number(fitted !== made),
      }
      return { transaction, base, losses: Losses.ofCounts(counts) }
    }
  }
}

const NOTHING: Made<never> = { transaction: undefined, base: undefined, losses: Losses.empty }

/** The base of a transaction that nobody changed, if its root has no tags of its own. */
const sharedBase = <A>(
  part: Segment.Segment<A>,
  { tags }: Transaction.Transaction<A>,
): EventBase | undefined => {
  const base = Segment.first(part)?.details.base
  return base?.fields.tags === tags ? base : undefined
}

/** Measuring a head is printing it: most are known to be small by what is known of their parts. */
const isHeavy = <A>(segment: Segment.Segment<A>, mostBytes: number): boolean => {
  const first = Segment.first(segment)
  return (
    first === undefined ||
    first.weight > MAX_CONTEXT_BYTES ||
    (first.weight + first.details.base.bytes) * 2 > mostBytes
  )
}
