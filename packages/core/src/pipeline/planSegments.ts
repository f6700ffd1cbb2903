/**
 * Ready segments become error events and plans of transactions. A step of a state machine without a clock: it remembers which
 * exceptions were captured before their segment was ready.
 */
import type { ErrorRules } from '../errors/ErrorRules.ts'
import * as ErrorStage from '../errors/ErrorStage.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { Payload } from '../segment/Payload.ts'
import { split } from '../segment/split.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type * as Hooks from './Hooks.ts'
import type { Step } from './Machine.ts'
import * as TransactionPlan from './TransactionPlan.ts'

// model

export interface Options<A, B> {
  readonly limits: Limits
  readonly payload: Payload<A>
  readonly errors: ErrorRules
  readonly hooks: Pick<Hooks.Hooks, 'error' | 'transaction'>
  /** `false` emits errors alone, and counts the spans of ready segments as `transactions_off`. */
  readonly transactions?: boolean | undefined
  readonly emit: Emit<A, B>
}

/** The form in which events leave the machine. `from` is the resource of the entry of their segment. */
export interface Emit<A, B> {
  readonly error: (error: ErrorEvent, from: Resource) => B
  /** `make` makes the transaction, at once or when its turn comes; it gives the same each time. */
  readonly transaction: (
    plan: TransactionPlan.TransactionPlan<A>,
    make: (plan: TransactionPlan.TransactionPlan<A>) => TransactionPlan.MadeTransaction<A>,
  ) => B
}

// transformations

/** Emits errors in the order of their segments, then transactions by the start of their roots. */
export const planSegments = <A, B>({
  limits,
  payload,
  errors: rules,
  hooks,
  transactions: withTransactions = true,
  emit,
}: Options<A, B>): ((
  state: ErrorStage.ErrorStage,
  input: ErrorStage.CaptureInput<A>,
) => Step<ErrorStage.ErrorStage, B>) => {
  const { read } = payload
  const capture = ErrorStage.step({ rules, limits, read, hook: hooks.error, make: emit.error })
  const toParts = split(limits)
  const makeAt = TransactionPlan.make({ limits, payload, hook: hooks.transaction })
  return (before, input) => {
    const { state, errors, breadcrumbs, losses, failures, wakeAtMillis } = capture(before, input)
    const plans = TransactionPlan.ofSegments(input.ready, toParts, breadcrumbs)
    if (!withTransactions) {
      const spans = plans.reduce((sum, plan) => sum + TransactionPlan.spanCount(plan), 0)
      const off = Losses.of('transactions_off', spans)
      return { state, emitted: errors, losses: Losses.concat(losses, off), failures, wakeAtMillis }
    }
    const make = makeAt(input.dateMillis ?? input.nowMillis)
    const transactions = plans.map((plan) => emit.transaction(plan, make))
    return { state, emitted: [...errors, ...transactions], losses, failures, wakeAtMillis }
  }
}
