/**
 * A transaction that can be made. Of many that are ready at once each is made when its turn comes, so that their heads are not
 * in memory together.
 */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import type * as HookFailure from '../filter/HookFailure.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { TraceId } from '../model/TraceId.ts'
import { type BreadcrumbsOf, breadcrumbsIn } from '../segment/breadcrumbsIn.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import type { split } from '../segment/split.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { EventBase } from '../sentry/EventBase.ts'
import * as Request from '../sentry/Request.ts'
import * as User from '../sentry/User.ts'
import { MAX_CONTEXT_BYTES } from '../size/fitContext.ts'
import { applyHook } from './applyHook.ts'
import { fitHead, type HeadLimits } from './fitHead.ts'
import type * as Hooks from './Hooks.ts'
import { moveTransaction, type Shift } from './moveTransaction.ts'
import * as ServerWindow from './ServerWindow.ts'
import * as TraceShifts from './TraceShifts.ts'
import * as Transaction from './Transaction.ts'

// model

export interface TransactionPlan<A> {
  /** Within the limits of a transaction. */
  readonly part: Segment.Segment<A>
  /** The resource of the entry of its segment. */
  readonly from: Resource
  /** The exceptions that did not become errors. */
  readonly breadcrumbs: BreadcrumbsOf<A>
  /** Where a time of it is outside of those that the server accepts. */
  readonly shift: Shift | undefined
}

/** The result of a plan. */
export interface MadeTransaction<A> {
  /** `undefined` if a hook dropped it, or failed. */
  readonly transaction: Transaction.Transaction<A> | undefined
  /** The last fields of its head, unchanged, if other events of its resource have the same. */
  readonly base: EventBase | undefined
  readonly losses: Losses.Losses
  /** Of the hook; absent without one. */
  readonly failure?: HookFailure.HookFailure
}

export interface Options<A> {
  readonly limits: HeadLimits
  readonly payload: Payload<A>
  readonly hook: Hooks.Hooks['transaction']
}

// constructors

/** The plans of segments, by the start of their roots. */
export const ofSegments = <A>(
  segments: ReadonlyArray<Segment.Segment<A>>,
  toParts: ReturnType<typeof split>,
  breadcrumbs: BreadcrumbsOf<A>,
  shiftOf: (segment: Segment.Segment<A>) => Shift | undefined = () => undefined,
): ReadonlyArray<TransactionPlan<A>> => {
  const plans: Array<TransactionPlan<A>> = []
  for (const segment of segments) {
    const from = Segment.routingNode(segment)?.details.base.from
    if (from === undefined) continue
    const shift = shiftOf(segment)
    for (const part of toParts(segment)) plans.push({ part, from, breadcrumbs, shift })
  }
  return plans.sort((a, b) => Segment.Ord.compare(a.part, b.part))
}

/** The shift of a segment; `undefined` if all times of it stay as they are. */
export const shiftFor = (
  segment: Segment.Segment<unknown>,
  shiftOf: ((traceId: TraceId) => Shift) | undefined,
): Shift | undefined => {
  const shift = shiftOf?.(segment.root.traceId)
  return shift === undefined ||
    !ServerWindow.isClock(shift.acceptedMillis) ||
    (shift.days === 0 && TraceShifts.isInside(segment, shift.acceptedMillis))
    ? undefined
    : shift
}

// guards

/** Whether the server accepts the transaction with its original times. */
export const isAccepted = <A>({ part: { root }, shift }: TransactionPlan<A>): boolean =>
  shift === undefined || TraceShifts.isRootInside(root, shift.acceptedMillis)

// folds

/** Spans of the input in it: a synthetic root does not count. */
export const spanCount = <A>({ part: { root, descendants } }: TransactionPlan<A>): number =>
  descendants.length + (SyntheticRoot.isSynthetic(root) ? 0 : 1)

// transformations

/** Makes the transaction of a plan. */
export const make = <A>({
  limits,
  payload,
  hook,
}: Options<A>): ((plan: TransactionPlan<A>) => MadeTransaction<A>) => {
  const toTransaction = Transaction.ofSegment(payload)
  const ask = hook === undefined ? undefined : applyHook(hook, limits, payload)
  return (plan) => {
    const { part, shift } = plan
    const breadcrumbs = breadcrumbsIn(part, plan.breadcrumbs)
    const whole = toTransaction(part, Breadcrumb.newest(breadcrumbs))
    if (whole === undefined) return NOTHING
    const mayBeLarge = breadcrumbs.length > 0 || isHeavy(part, limits.maxHeadBytes)
    const fitted = mayBeLarge ? fitHead(whole, limits) : whole
    const answer = ask?.(fitted)
    const failure = answer !== undefined && E.isLeft(answer) ? answer.left : undefined
    const kept = answer === undefined ? fitted : keptBy(answer)
    const transaction =
      kept === undefined || shift === undefined ? kept : moveTransaction(payload, shift)(kept)
    const base = hook === undefined && fitted === whole ? sharedBase(part, whole) : undefined
    const counts = {
      before_send: kept === undefined && failure === undefined ? spanCount(plan) : 0,
      hook_failed: failure === undefined ? 0 : spanCount(plan),
      event: Math.max(0, breadcrumbs.length - Breadcrumb.MAX_BREADCRUMBS),
      field: Number(SegmentName.isCut(part)) + cutsOf(whole),
      moved: Number(transaction !== kept),
      trimmed: Number(fitted !== whole),
    }
    const losses = Losses.ofCounts(counts)
    return failure === undefined
      ? { transaction, base, losses }
      : { transaction, base, losses, failure }
  }
}

/** The texts of the request and the user that were cut. */
const cutsOf = <A>({ contexts, request, user }: Transaction.Transaction<A>): number => {
  const { data } = contexts.trace
  if (data === undefined) return 0
  return (
    (request === undefined ? 0 : Request.cuts(data, request)) +
    (user === undefined ? 0 : User.cuts(data, user))
  )
}

const keptBy = <A>(answer: E.Either<unknown, O.Option<A>>): A | undefined =>
  E.isRight(answer) && O.isSome(answer.right) ? answer.right.value : undefined

const NOTHING: MadeTransaction<never> = {
  transaction: undefined,
  base: undefined,
  losses: Losses.empty,
}

/** The base of a transaction that was not changed, if its root has no tags of its own. */
const sharedBase = <A>(
  part: Segment.Segment<A>,
  { tags }: Transaction.Transaction<A>,
): EventBase | undefined => {
  const base = Segment.first(part)?.details.base
  return base?.fields.tags === tags ? base : undefined
}

/** A head is measured by printing it. The sizes of its parts show that most heads are small. */
const isHeavy = <A>(segment: Segment.Segment<A>, maxBytes: number): boolean => {
  const first = Segment.first(segment)
  return (
    first === undefined ||
    first.weight > MAX_CONTEXT_BYTES ||
    (first.weight + first.details.base.bytes) * 2 > maxBytes
  )
}
