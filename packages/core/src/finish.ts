/** Ready segments become transactions and errors. A state machine without a clock: it remembers what it told early. */
import * as Breadcrumb from './Breadcrumb.ts'
import { complete } from './complete.ts'
import type { ErrorEvent } from './ErrorEvent.ts'
import * as ErrorRules from './ErrorRules.ts'
import type { EventBase } from './EventBase.ts'
import { breadcrumbsIn } from './errors/breadcrumbsIn.ts'
import * as Telling from './errors/Telling.ts'
import { MOST_CONTEXT_BYTES } from './fitContext.ts'
import { fitHead } from './fitHead.ts'
import * as Hooks from './Hooks.ts'
import type { Limits } from './Limits.ts'
import type { LoggedException } from './LoggedException.ts'
import * as Losses from './Losses.ts'
import type { Payload } from './Payload.ts'
import type { Resource } from './Resource.ts'
import * as Segment from './Segment.ts'
import { split } from './split.ts'
import * as Transaction from './Transaction.ts'

// model

export interface Finished<T, E> {
  readonly state: Telling.Telling
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<T>
  /** In the order of their segments. */
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
  /** When the next step can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

/**
 * What transactions and errors become, one by one; `from` is the resource of the entry of their segment, and `base` what the
 * head of a transaction ends with, as it stands there, if it shares all that with other events of its resource.
 */
export interface Makers<A, T, E> {
  readonly transaction: (
    transaction: Transaction.Transaction<A>,
    from: Resource,
    base: EventBase | undefined,
  ) => T
  readonly error: (error: ErrorEvent, from: Resource) => E
}

/** Which exceptions become errors, and what users do with what was made; the standard of both if left out. */
export interface Handling {
  readonly errors?: ErrorRules.ErrorRules | undefined
  readonly hooks?: Pick<Hooks.Hooks, 'error' | 'transaction'> | undefined
}

/** What a step of `Pending` gave, and when. */
export interface Released<A> {
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  readonly early?: ReadonlyArray<Segment.Segment<A>>
  /** Exceptions of log records that came. */
  readonly logged?: ReadonlyArray<LoggedException>
  readonly nowMillis?: number
  /** Whether nothing shall wait any longer. */
  readonly isFlush?: boolean
}

// constructors

/** Before anything was told. */
export const nothingTold: Telling.Telling = Telling.empty

// destructors

export const finish = <A>(
  limits: Limits,
  payload: Payload<A>,
  handling: Handling = {},
): ((
  state: Telling.Telling,
  released: Released<A>,
) => Finished<Transaction.Transaction<A>, ErrorEvent>) =>
  finishAs(limits, payload, handling, {
    transaction: (transaction) => transaction,
    error: (error) => error,
  })

/** The same, with transactions and errors made into something else while they are made: so they need not be held. */
export const finishAs = <A, T, E>(
  limits: Limits,
  payload: Payload<A>,
  { errors: rules = ErrorRules.standard, hooks = Hooks.standard }: Handling,
  make: Makers<A, T, E>,
): ((state: Telling.Telling, released: Released<A>) => Finished<T, E>) => {
  const tell = Telling.step(rules, limits, payload.read, { hook: hooks.error, make: make.error })
  const divide = split(limits)
  const toTransaction = Transaction.ofSegment(payload)
  const completeAt = complete(hooks.transaction, limits, payload)
  return (before, { ready, early = [], logged = [], nowMillis = 0, isFlush = false }) => {
    const told = tell(before, { ready, early, logged, nowMillis, isFlush })
    const toCompleted = completeAt(nowMillis)
    const transactions: Array<T> = []
    const counts = { before_send: 0, event: 0, field: 0, moved: 0, trimmed: 0 }
    for (const { part, from } of partsOf(ready, divide)) {
      const breadcrumbs = breadcrumbsIn(part, told.breadcrumbs)
      const made = toTransaction(part, Breadcrumb.newest(breadcrumbs))
      if (made === undefined) continue
      const mayBeLarge = breadcrumbs.length > 0 || isHeavy(part, limits.maxHeadBytes)
      const fitted = mayBeLarge ? fitHead(made, limits.maxHeadBytes) : made
      const { transaction, isMoved } = toCompleted(fitted)
      counts.event += Math.max(0, breadcrumbs.length - Breadcrumb.MOST)
      if (fitted !== made) counts.trimmed++
      if (Transaction.isNameCut(part)) counts.field++
      if (isMoved) counts.moved++
      if (transaction === undefined) counts.before_send += Transaction.spanCount(fitted)
      else {
        const isOwn = fitted !== made || hooks.transaction !== undefined
        const base = isOwn ? undefined : sharedBase(part, transaction)
        transactions.push(make.transaction(transaction, from, base))
      }
    }
    const { state, errors, wakeAtMillis } = told
    const losses = Losses.concat(told.losses, Losses.ofCounts(counts))
    return { state, transactions, errors, losses, wakeAtMillis }
  }
}

/** The parts of segments, by the start of their roots. */
const partsOf = <A>(
  ready: ReadonlyArray<Segment.Segment<A>>,
  divide: ReturnType<typeof split>,
): ReadonlyArray<Part<A>> => {
  const parts: Array<Part<A>> = []
  for (const segment of ready) {
    const from = Segment.top(segment)?.about.base.from
    if (from === undefined) continue
    for (const part of divide(segment)) parts.push({ part, from })
  }
  return parts.sort((a, b) => Segment.compare(a.part, b.part))
}

interface Part<A> {
  readonly part: Segment.Segment<A>
  readonly from: Resource
}

/** The base of a transaction that nobody changed, if its root has no tags of its own. */
const sharedBase = <A>(
  part: Segment.Segment<A>,
  { tags }: Transaction.Transaction<A>,
): EventBase | undefined => {
  const base = Segment.first(part)?.about.base
  return base?.fields.tags === tags ? base : undefined
}

/** Measuring a head is printing it: most are known to be small by what is known of their parts. */
const isHeavy = <A>(segment: Segment.Segment<A>, mostBytes: number): boolean => {
  const first = Segment.first(segment)
  return (
    first === undefined ||
    first.weight > MOST_CONTEXT_BYTES ||
    (first.weight + first.about.base.bytes) * 2 > mostBytes
  )
}
