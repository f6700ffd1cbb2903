/**
 * An envelope that can be made. Of many that are ready at once each is made when its turn comes: before that it takes a fraction
 * of the memory.
 *
 * @example
 * ```ts
 * import { EnvelopePlan } from '@sentry-exporter/exporter'
 *
 * const plan = { spans: 2, make: () => ({ envelope: undefined, losses: { before_send: 2 } }) }
 * console.log(EnvelopePlan.makeAll([plan]).losses.before_send) // 2
 * ```
 */
import * as Losses from '@sentry-exporter/core/Losses'
import { type Emit, HookFailure, TransactionPlan } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Lazy } from '#fp-ts/function'
import * as EventEnvelope from './EventEnvelope.ts'
import type { FinishedSpan } from './FinishedSpan.ts'
import type { Destination } from './Routing.ts'

// model

export interface EnvelopePlan<A = EventEnvelope.AddressedEnvelope> {
  /** Spans of the input in it. */
  readonly spans: number
  /** Gives the same each time. */
  readonly make: Lazy<MadeEnvelope<A>>
}

export interface MadeEnvelope<A> {
  /** `undefined` if a hook or a route dropped its event, which is counted in `losses`. */
  readonly envelope: A | undefined
  readonly losses: Losses.Losses
  /** Of the hook; absent without one. */
  readonly failure?: HookFailure.HookFailure | undefined
}

/** The plans that a step gives, and its losses. */
export interface PlannedStep<A> extends HookFailure.WithFailures {
  readonly plans: ReadonlyArray<EnvelopePlan<A>>
  readonly losses: Losses.Losses
}

/** The envelopes of plans, and the losses. */
export interface MadeEnvelopes<A> extends HookFailure.WithFailures {
  readonly envelopes: ReadonlyArray<A>
  readonly losses: Losses.Losses
}

// constructors

/** The plans of events. An error is encoded at once, because its bytes take less memory than the event. */
export const emit = <A>(
  encode: EventEnvelope.Encode<A>,
  destinationOf: (from: Resource) => Destination,
): Emit<FinishedSpan, EnvelopePlan<A>> => {
  const print = EventEnvelope.printer()
  return {
    error: (error, from, base) => {
      const to = destinationOf(from)
      if (to._tag === 'Drop') return { spans: 0, make: () => UNROUTED_ERROR }
      const envelope = encode(error, print(error, base), to)
      return { spans: 0, make: () => ({ envelope, losses: Losses.empty }) }
    },
    transaction: (plan, make) => ({
      spans: TransactionPlan.spanCount(plan),
      make: () => {
        const to = destinationOf(plan.from)
        if (to._tag === 'Drop') return unrouted(plan)
        const { transaction, base, losses, failure } = make(plan)
        if (failure !== undefined) return { envelope: undefined, losses, failure }
        if (transaction === undefined) return { envelope: undefined, losses }
        return { envelope: encode(transaction, print(transaction, base), to), losses }
      },
    }),
  }
}

const UNROUTED_ERROR: MadeEnvelope<never> = {
  envelope: undefined,
  losses: Losses.of('unrouted_error'),
}

const unrouted = <A>(plan: TransactionPlan.TransactionPlan<A>): MadeEnvelope<never> => ({
  envelope: undefined,
  losses: Losses.of('unrouted', TransactionPlan.spanCount(plan)),
})

// folds

/** Makes all of them at once. */
export const makeAll = <A>(plans: ReadonlyArray<EnvelopePlan<A>>): MadeEnvelopes<A> => {
  const made = plans.map(({ make }) => make())
  return {
    envelopes: made.flatMap(({ envelope }) => (envelope === undefined ? [] : [envelope])),
    losses: Losses.concatAll(made.map(({ losses }) => losses)),
    ...HookFailure.asField(made.flatMap(({ failure }) => failure ?? [])),
  }
}

/** Makes the envelopes of steps, in their order. The losses and the failures of the steps are included. */
export const makeSteps = <A>(steps: ReadonlyArray<PlannedStep<A>>): MadeEnvelopes<A> => {
  const planned = steps.reduce<PlannedStep<A>>(concat, nothing)
  const { envelopes, ...made } = makeAll(planned.plans)
  const { losses, failures = HookFailure.none } = concat(planned, { ...made, plans: [] })
  return { envelopes, losses, ...HookFailure.asField(failures) }
}

export const spansIn = <A>(plans: ReadonlyArray<EnvelopePlan<A>>): number =>
  plans.reduce((sum, { spans }) => sum + spans, 0)

// instances

/** A step that gives nothing. */
export const nothing: PlannedStep<never> = { plans: [], losses: Losses.empty }

/** One step after the other. */
export const concat = <A>(a: PlannedStep<A>, b: PlannedStep<A>): PlannedStep<A> => ({
  plans: b.plans.length === 0 ? a.plans : [...a.plans, ...b.plans],
  losses: Losses.concat(a.losses, b.losses),
  ...HookFailure.asField(HookFailure.concat(a.failures ?? HookFailure.none, b.failures)),
})
