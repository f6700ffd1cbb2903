/**
 * Captures exceptions over time: each becomes an error event once, with its segment or before it. A state machine without a
 * clock: `step` runs the five steps of capture (`collect`, `deduplicate`, `classify`, `rateLimit`, `build`) and returns the
 * new state. Old states stay valid.
 */

import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import { type ReadOnce, readOnce } from '../exception/readOnce.ts'
import { readStack } from '../exception/readStack.ts'
import { safeParsers } from '../exception/safeParsers.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { frozen } from '../internal/frozen.ts'
import { groupByTrace } from '../internal/groupByTrace.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { BreadcrumbsOf } from '../segment/breadcrumbsIn.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import type * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as Repairs from '../size/Repairs.ts'
import * as Build from './build.ts'
import * as CaptureHistory from './CaptureHistory.ts'
import { type CapturedException, classify } from './classify.ts'
import { breadcrumbsOf, collect, collectLogged, hasException } from './collect.ts'
import { deduplicate, deduplicateLogged } from './deduplicate.ts'
import * as ErrorRules from './ErrorRules.ts'
import { findCauses } from './findCauses.ts'
import type { LoggedException } from './LoggedException.ts'
import * as RateLimit from './rateLimit.ts'
import * as StackBudget from './StackBudget.ts'

// model

export interface ErrorStage {
  readonly history: CaptureHistory.CaptureHistory
  readonly buckets: RateLimit.TokenBuckets
}

export interface CaptureOptions<A, E> extends Pick<Build.BuildOptions<E>, 'hook' | 'make'> {
  readonly rules: ErrorRules.ErrorRules
  readonly limits: Pick<
    Limits,
    'errorWaitMillis' | 'maxErrorsPerMinute' | 'maxHeadBytes' | 'maxOrphanWaitMillis'
  >
  /** Reads a finished span back. */
  readonly read: (value: A) => SentrySpan
}

/** With parsers that share the budget of a step. */
interface BoundedOptions<A, E> extends CaptureOptions<A, E> {
  readonly isUsedUp: StackBudget.StackBudget['isUsedUp']
}

export interface CaptureInput<A> {
  readonly nowMillis: number
  /** Whole segments: each of their exceptions becomes an error or a breadcrumb, or is counted. */
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /** Segments that are still pending: only their errors are captured. */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  readonly logged: ReadonlyArray<LoggedException>
  /** Whether no log record waits any longer for its segment. */
  readonly isFlush: boolean
  /** Changes the time of an error that the server would not accept, or drops it. */
  readonly adjust?: Build.Adjust | undefined
}

export interface Captured<A, E> {
  readonly state: ErrorStage
  /** In the order of their segments; then those of log records without one. */
  readonly errors: ReadonlyArray<E>
  /** The breadcrumbs of exceptions that did not become errors. */
  readonly breadcrumbs: BreadcrumbsOf<A>
  readonly losses: Losses.Losses
  readonly failures: ReadonlyArray<HookFailure.HookFailure>
  /** When the next step can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

/** The intermediate results of one step; it does not leave the step. */
interface Work<A, E> {
  readonly nowMillis: number
  readonly adjust: Build.Adjust | undefined
  history: CaptureHistory.CaptureHistory
  buckets: RateLimit.TokenBuckets
  readonly errors: Array<E>
  readonly breadcrumbs: Map<Node<A>, ReadonlyArray<Breadcrumb.Breadcrumb>>
  losses: Losses.Losses
  failures: ReadonlyArray<HookFailure.HookFailure>
}

// constructors

export const empty: ErrorStage = /* @__PURE__ */ frozen({
  history: CaptureHistory.empty,
  buckets: RateLimit.empty,
})

// transformations

export const step = <A, E>(
  given: CaptureOptions<A, E>,
): ((state: ErrorStage, input: CaptureInput<A>) => Captured<A, E>) => {
  const { errorWaitMillis, maxOrphanWaitMillis } = given.limits
  let failures = HookFailure.none
  const safe = safeParsers(StackTrace.cached(given.rules.parsers), (failure) => {
    failures = HookFailure.concat(failures, [failure])
  })
  const budget = StackBudget.of(safe)
  const options = {
    ...given,
    rules: ErrorRules.make({ ...given.rules, parsers: budget.parsers }),
    isUsedUp: budget.isUsedUp,
  }
  const takeFailures = (): ReadonlyArray<HookFailure.HookFailure> => {
    const taken = failures
    failures = HookFailure.none
    return taken
  }
  const { read, forget } = readOnce(readStack(budget.parsers))
  const captureSegment = segmentCapture(options, read)
  const captureLogged = loggedCapture(options, read)
  return ({ history, buckets }, { nowMillis, ready, early, logged, isFlush, adjust }) => {
    budget.start()
    const work: Work<A, E> = {
      nowMillis,
      adjust,
      history: CaptureHistory.addLogged(history, logged, nowMillis + errorWaitMillis),
      buckets,
      errors: [],
      breadcrumbs: new Map(),
      losses: Losses.empty,
      failures: HookFailure.none,
    }
    for (const segment of early) captureSegment(work, segment, true)
    for (const segment of ready) captureSegment(work, segment, false)
    captureLogged(work, isFlush ? Number.POSITIVE_INFINITY : nowMillis)
    forget()
    // Last, since a step may come long after the one before: a process was suspended.
    const kept = CaptureHistory.expire(work.history, nowMillis, maxOrphanWaitMillis)
    return {
      state: { history: kept, buckets: work.buckets },
      errors: work.errors,
      breadcrumbs: work.breadcrumbs,
      losses: work.losses,
      failures: HookFailure.concat(work.failures, takeFailures()),
      wakeAtMillis: work.history.waiting?.atMillis,
    }
  }
}

/** Captures the exceptions of a segment, with those of log records made during its spans. */
const segmentCapture = <A, E>(
  options: BoundedOptions<A, E>,
  read: ReadOnce,
): ((work: Work<A, E>, segment: Segment.Segment<A>, isPending: boolean) => void) => {
  const toUnique = deduplicate(options.rules.parsers)
  const toClassified = classify(options.rules, read)
  const causesIn = findCauses(read)
  const send = sending(options, read)
  return (work, segment, isPending) => {
    const { traceId } = segment.root
    const logged = CaptureHistory.loggedIn(work.history, traceId)
    if (logged === undefined && !hasException(segment)) return
    const unique = toUnique(segment, collect(segment, logged))
    const { errors, others, captured, losses } = toClassified(unique, {
      isEntry: (node) => Segment.isEntry(segment, node),
      wasCaptured: CaptureHistory.wasCaptured(work.history, traceId),
      isPending,
      causesAmong: (wanted) => causesIn(segment, wanted),
    })
    work.history = CaptureHistory.markCaptured(work.history, traceId, captured)
    if (!isPending) {
      work.history = CaptureHistory.forgetSpans(work.history, traceId, Segment.nodes(segment))
    }
    const repairs = Repairs.start()
    const breadcrumbs = breadcrumbsOf(others, repairs)
    work.losses = Losses.concatAll([
      work.losses,
      losses,
      Losses.of('error_breadcrumb', others.length),
      Repairs.losses(repairs),
    ])
    for (const [node, ones] of breadcrumbs) work.breadcrumbs.set(node, ones)
    send(work, errors, () => Build.segmentDetails(segment, breadcrumbs, options.read, isPending))
  }
}

/** Captures the exceptions of log records that waited until `untilMillis` for the segment of their span. */
const loggedCapture = <A, E>(
  options: BoundedOptions<A, E>,
  read: ReadOnce,
): ((work: Work<A, E>, untilMillis: number) => void) => {
  const toClassified = classify(options.rules, read)
  const send = sending(options, read)
  return (work, untilMillis) => {
    const [due, history] = CaptureHistory.takeDue(work.history, untilMillis)
    work.history = history
    if (due.length === 0) return
    for (const [traceId, ones] of groupByTrace(due)) {
      const ids = ones.map(({ spanId, exception }) => ({ spanId, key: exception.key }))
      work.history = CaptureHistory.markCaptured(work.history, traceId, ids)
    }
    const unique = deduplicateLogged(collectLogged(due))
    const { errors, others, losses } = toClassified(unique, WITHOUT_SEGMENT)
    work.losses = Losses.concatAll([
      work.losses,
      losses,
      Losses.of('error_copy', due.length - unique.length),
      Losses.of('log_record', others.length),
    ])
    send(work, errors, () => Build.loggedDetails)
  }
}

const WITHOUT_SEGMENT = { isEntry: () => false, wasCaptured: () => false, isPending: false }

/** The last two steps of capture, which are the same for both kinds. */
const sending = <A, E>(
  {
    rules: { parsers, fingerprint },
    limits: { maxErrorsPerMinute, maxHeadBytes },
    hook,
    make,
    isUsedUp,
  }: BoundedOptions<A, E>,
  read: ReadOnce,
): (<S>(
  work: Work<A, E>,
  captured: ReadonlyArray<CapturedException<S>>,
  toDetails: () => (captured: CapturedException<S>) => Build.BuildDetails,
) => void) => {
  const limit = RateLimit.rateLimit(parsers, maxErrorsPerMinute, read)
  const toErrors = Build.build({ fingerprint, maxBytes: maxHeadBytes, hook, make })
  return (work, captured, toDetails) => {
    if (captured.length === 0) return
    const { buckets, admitted, losses } = limit(work.buckets, captured, work.nowMillis)
    work.buckets = buckets
    work.losses = Losses.concat(work.losses, losses)
    if (admitted.length === 0) return
    if (isUsedUp()) {
      const unread = admitted.filter(({ chain }) => !chain.isWhole).length
      work.losses = Losses.concat(work.losses, Losses.of('trimmed', unread))
    }
    const built = toErrors(admitted, toDetails(), work.adjust)
    for (const error of built.errors) work.errors.push(error)
    work.losses = Losses.concat(work.losses, built.losses)
    work.failures = HookFailure.concat(work.failures, built.failures)
  }
}
