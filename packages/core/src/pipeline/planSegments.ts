/**
 * Ready segments become error events and plans of transactions. A step of a state machine without a clock: it remembers which
 * exceptions were captured before their segment was ready.
 */
import type { ErrorRules } from '../errors/ErrorRules.ts'
import * as ErrorStage from '../errors/ErrorStage.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { Payload } from '../segment/Payload.ts'
import { split } from '../segment/split.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type * as EventBase from '../sentry/EventBase.ts'
import type * as Hooks from './Hooks.ts'
import type { Step } from './Machine.ts'
import { moveError } from './moveError.ts'
import type { Shift } from './moveTransaction.ts'
import * as TransactionPlan from './TransactionPlan.ts'

// model

export interface Options<A, B> {
  readonly limits: Limits
  readonly payload: Payload<A>
  readonly errors: ErrorRules
  readonly hooks: Pick<Hooks.Hooks, 'error' | 'transaction'>
  /** `false` emits errors alone, and counts the spans of ready segments as `transactions_off`. */
  readonly transactions?: boolean | undefined
  /** Transactions outside of the times that the server accepts: shifted by whole days (the default), or dropped. */
  readonly oldTraces?: 'shift' | 'drop' | undefined
  readonly emit: Emit<A, B>
}

/**
 * The form in which events leave the machine. `from` is the resource of the entry of their segment, `base` the base of an error
 * that is as `ErrorEvent.of` made it.
 */
export interface Emit<A, B> {
  readonly error: (error: ErrorEvent, from: Resource, base?: EventBase.EventBase) => B
  /** `make` makes the transaction, at once or when its turn comes; it gives the same each time. */
  readonly transaction: (
    plan: TransactionPlan.TransactionPlan<A>,
    make: (plan: TransactionPlan.TransactionPlan<A>) => TransactionPlan.MadeTransaction<A>,
  ) => B
}

export interface PlanInput<A> extends Omit<ErrorStage.CaptureInput<A>, 'adjust'> {
  /** The shift of each trace; times stay as they are if it is left out. */
  readonly shiftOf?: ((traceId: TraceId) => Shift) | undefined
}

// transformations

/** Emits errors in the order of their segments, then transactions by the start of their roots. */
export const planSegments = <A, B>({
  limits,
  payload,
  errors: rules,
  hooks,
  transactions: withTransactions = true,
  oldTraces = 'shift',
  emit,
}: Options<A, B>): ((
  state: ErrorStage.ErrorStage,
  input: PlanInput<A>,
) => Step<ErrorStage.ErrorStage, B>) => {
  const { read } = payload
  const capture = ErrorStage.step({ rules, limits, read, hook: hooks.error, make: emit.error })
  const toParts = split(limits)
  const make = TransactionPlan.make({ limits, payload, hook: hooks.transaction })
  const isKept = (plan: TransactionPlan.TransactionPlan<A>): boolean =>
    oldTraces === 'shift' || TransactionPlan.isAccepted(plan)
  // hot: once for each step. V8 makes `{ ...object, field }` slowly, also to take fields out.
  return (before, { shiftOf, nowMillis, ready, early, logged, isFlush }) => {
    const adjust = shiftOf && moveError(shiftOf, oldTraces)
    const captured = capture(before, { nowMillis, ready, early, logged, isFlush, adjust })
    const { state, errors, breadcrumbs, failures, wakeAtMillis } = captured
    const all = TransactionPlan.ofSegments(ready, toParts, breadcrumbs, (segment) =>
      TransactionPlan.shiftFor(segment, shiftOf),
    )
    const plans = all.every(isKept) ? all : all.filter(isKept)
    const losses =
      plans === all
        ? captured.losses
        : Losses.concat(captured.losses, Losses.of('old_trace', spansIn(all) - spansIn(plans)))
    if (!withTransactions) {
      const off = Losses.of('transactions_off', spansIn(plans))
      return { state, emitted: errors, losses: Losses.concat(losses, off), failures, wakeAtMillis }
    }
    const transactions = plans.map((plan) => emit.transaction(plan, make))
    const emitted = errors.length === 0 ? transactions : [...errors, ...transactions]
    return { state, emitted, losses, failures, wakeAtMillis }
  }
}

const spansIn = (plans: ReadonlyArray<TransactionPlan.TransactionPlan<unknown>>): number =>
  plans.reduce((sum, plan) => sum + TransactionPlan.spanCount(plan), 0)
