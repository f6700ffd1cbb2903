/** Ready segments become transactions and errors. A state machine without a clock: it remembers what it told early. */

import type { ErrorRules } from '../errors/ErrorRules.ts'
import * as ErrorStage from '../errors/ErrorStage.ts'
import type { LoggedException } from '../errors/LoggedException.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { Payload } from '../segment/Payload.ts'
import type * as Segment from '../segment/Segment.ts'
import { split } from '../segment/split.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import * as Hooks from './Hooks.ts'
import type * as Transaction from './Transaction.ts'
import * as TransactionPlan from './TransactionPlan.ts'

// model

export interface Finished<A> extends Told<ErrorEvent> {
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<Transaction.Transaction<A>>
}

/** The same before its transactions are made. */
export interface Prepared<A, E> extends Told<E> {
  /** By the start of their roots. */
  readonly drafts: ReadonlyArray<TransactionPlan.TransactionPlan<A>>
}

interface Told<E> {
  readonly state: ErrorStage.ErrorStage
  /** In the order of their segments. */
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
  /** When the next step can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

/** Which exceptions become errors, and the hooks of users; `Hooks.defaults` if left out. */
export interface Handling {
  readonly errors: ErrorRules
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
export const nothingTold: ErrorStage.ErrorStage = ErrorStage.empty

// destructors

export const finish = <A>(
  limits: Limits,
  payload: Payload<A>,
  handling: Handling,
): ((state: ErrorStage.ErrorStage, released: Released<A>) => Finished<A>) => {
  const prepared = prepare(limits, payload, handling, (error) => error)
  const makeAt = TransactionPlan.make(limits, payload, handling.hooks?.transaction)
  return (before, released) => {
    const { drafts, ...told } = prepared(before, released)
    const made = drafts.map(makeAt(released.nowMillis ?? 0))
    return {
      ...told,
      transactions: made.flatMap(({ transaction }) => transaction ?? []),
      losses: Losses.concatAll([told.losses, ...made.map(({ losses }) => losses)]),
    }
  }
}

/**
 * The same up to where transactions are made, which is left to whoever needs them. Errors are made into something else one
 * by one, so that they need not be held; `from` is the resource of the entry of their segment.
 */
export const prepare = <A, E>(
  limits: Limits,
  payload: Payload<A>,
  { errors: rules, hooks = Hooks.defaults }: Handling,
  make: (error: ErrorEvent, from: Resource) => E,
): ((state: ErrorStage.ErrorStage, released: Released<A>) => Prepared<A, E>) => {
  const { read } = payload
  const capture = ErrorStage.step({ rules, limits, read, hook: hooks.error, make })
  const divide = split(limits)
  return (before, { ready, early = [], logged = [], nowMillis = 0, isFlush = false }) => {
    const captured = capture(before, { ready, early, logged, nowMillis, isFlush })
    const { state, errors, breadcrumbs, losses, wakeAtMillis } = captured
    return {
      state,
      errors,
      drafts: TransactionPlan.ofSegments(ready, divide, breadcrumbs),
      losses,
      wakeAtMillis,
    }
  }
}
