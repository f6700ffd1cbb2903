/**
 * What was thrown, told over time: each exception once, with its segment or before it. A state machine without a clock;
 * old versions stay as they were.
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { groupByTrace } from '../internal/groupByTrace.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import * as Node from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import type { Breadcrumb } from '../sentry/Breadcrumb.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import type { BreadcrumbsOf } from './breadcrumbsIn.ts'
import type { ErrorRules } from './ErrorRules.ts'
import * as Generations from './Generations.ts'
import type { LoggedException } from './LoggedException.ts'
import * as Publish from './publish.ts'
import * as TokenBuckets from './TokenBuckets.ts'
import * as Told from './Told.ts'
import * as Tell from './tell.ts'
import { tellLogged } from './tellLogged.ts'
import * as WaitingLogs from './WaitingLogs.ts'

// model

export interface ErrorStage {
  readonly told: Told.Told
  readonly logs: WaitingLogs.WaitingLogs
  readonly buckets: TokenBuckets.TokenBuckets
}

export interface Input<A> {
  readonly nowMillis: number
  /** Whole segments, which are told in full. */
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /** Segments that still wait: what is an error already is told. */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  readonly logged: ReadonlyArray<LoggedException>
  /** Whether nothing shall wait any longer. */
  readonly isFlush: boolean
}

export interface Step<A, E> {
  readonly state: ErrorStage
  readonly errors: ReadonlyArray<E>
  /** What became no error, by the node it is of. */
  readonly breadcrumbs: BreadcrumbsOf<A>
  readonly losses: Losses.Losses
  /** When the next step can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: ErrorStage = {
  told: Told.empty,
  logs: WaitingLogs.empty,
  buckets: TokenBuckets.empty,
}

// combinators

export const step = <A, E>(
  rules: ErrorRules,
  limits: Limits,
  read: (span: A) => SentrySpan,
  outlet: Publish.Outlet<E>,
): ((state: ErrorStage, input: Input<A>) => Step<A, E>) => {
  const tell = Tell.tell(rules, read)
  const tellAlone = tellLogged(rules)
  const publish = Publish.publish(rules, limits, outlet)
  return (before, { nowMillis, ready, early, logged, isFlush }) => {
    const known = Generations.at(before.logs.known, nowMillis, limits.maxOrphanWaitMillis)
    const atMillis = nowMillis + limits.errorWaitMillis
    const all = WaitingLogs.add({ ...before.logs, known }, logged, atMillis)
    let told = Generations.at(before.told, nowMillis, limits.maxOrphanWaitMillis)
    let { buckets } = before
    let losses = Losses.empty
    const errors: Array<E> = []
    const breadcrumbs = new Map<Node.Node<A>, ReadonlyArray<Breadcrumb>>()
    const send = (drafts: ReadonlyArray<Publish.Draft>, cost: Losses.Losses): void => {
      if (drafts.length === 0 && cost === Losses.empty) return
      const published = publish(buckets, drafts, nowMillis)
      buckets = published.buckets
      for (const error of published.errors) errors.push(error)
      losses = Losses.concatAll([losses, cost, published.losses])
    }
    const hear = (segment: Segment.Segment<A>, isEarly: boolean): void => {
      const { traceId } = segment.root
      const beside = WaitingLogs.ofTrace(all, traceId)
      if (beside.length === 0 && !holdsThrown(segment)) return
      const tidings = tell(segment, {
        logged: beside,
        wasTold: Told.asker(told, traceId),
        isEarly,
      })
      told = Told.add(told, traceId, tidings.marks)
      if (!isEarly) {
        const spanIds = Segment.nodes(segment).map(({ spanId }) => spanId)
        // A log record may still be due.
        told = Told.forget(told, traceId, spanIds, (key) => RecordedException.isFromLog({ key }))
      }
      for (const [node, crumbs] of tidings.breadcrumbs) breadcrumbs.set(node, crumbs)
      send(tidings.drafts, tidings.losses)
    }
    for (const segment of early) hear(segment, true)
    for (const segment of ready) hear(segment, false)
    const [due, logs] = WaitingLogs.due(all, isFlush ? Number.POSITIVE_INFINITY : nowMillis)
    const alone = due.filter(({ traceId, spanId, thrown }) => {
      return !Told.asker(told, traceId)({ spanId, key: thrown.key })
    })
    for (const [traceId, ones] of groupByTrace(alone)) {
      told = Told.add(
        told,
        traceId,
        ones.map(({ spanId, thrown }) => ({ spanId, key: thrown.key })),
      )
    }
    const { drafts, losses: cost } = tellAlone(alone)
    send(drafts, cost)
    return {
      state: { told, logs, buckets },
      errors,
      breadcrumbs,
      losses,
      wakeAtMillis: logs.timers?.atMillis,
    }
  }
}

const holdsThrown = <A>({ root, descendants }: Segment.Segment<A>): boolean =>
  descendants.some(Node.hasException) ||
  (!SyntheticRoot.isSynthetic(root) && Node.hasException(root))
