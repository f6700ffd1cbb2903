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
export const makeAll = <A>(
  plans: ReadonlyArray<EnvelopePlan<A>>,
): {
  readonly envelopes: ReadonlyArray<A>
  readonly losses: Losses.Losses
  readonly failures?: ReadonlyArray<HookFailure.HookFailure>
} => {
  const made = plans.map(({ make }) => make())
  return {
    envelopes: made.flatMap(({ envelope }) => (envelope === undefined ? [] : [envelope])),
    losses: Losses.concatAll(made.map(({ losses }) => losses)),
    ...HookFailure.asField(made.flatMap(({ failure }) => failure ?? [])),
  }
}

export const spansIn = <A>(plans: ReadonlyArray<EnvelopePlan<A>>): number =>
  plans.reduce((sum, { spans }) => sum + spans, 0)
