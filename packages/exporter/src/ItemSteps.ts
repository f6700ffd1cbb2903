/**
 * From values of one kind, log records or metrics, to plans of the envelopes of their items: the steps that exporters with and
 * without a clock share.
 */
import type * as Hooks from '@sentry-exporter/core/Hooks'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import { HookFailure, type ItemText } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import * as EnvelopePlan from './EnvelopePlan.ts'
import type { EncodeItems } from './ItemEnvelope.ts'
import type { ItemKind } from './ItemKind.ts'
import * as Routing from './Routing.ts'
import * as WaitingItems from './WaitingItems.ts'

// model

/** The options of a pipeline that decide about items of every kind. */
export interface ItemOptions<A> {
  readonly mapping: Mapping
  /** The mapping of the values of a resource that has one of its own. */
  readonly mappingFor?: ((resource: Resource) => Mapping | undefined) | undefined
  /** `Hooks.defaults` if left out. */
  readonly hooks?: Hooks.Hooks | undefined
  /** Where segments go, by the resource of their entry, and items; to the default project if left out. */
  readonly destinationOf?: ((from: Resource) => Routing.Destination) | undefined
  /** Makes the envelopes of items; without it, neither logs nor metrics are sent. */
  readonly encodeItems?: EncodeItems<A> | undefined
}

/** The items that a source gives at once. */
export interface SourceStep<S> extends HookFailure.WithFailures {
  readonly state: S
  readonly items: ReadonlyArray<ItemText.PrintedItem>
  readonly losses: Losses.Losses
}

/** Makes items of values. Its state has those that are not complete yet. */
export interface ItemSource<I, S> {
  /** `sinceMillis` is the time from which on values are taken; `undefined` where there is no clock. */
  readonly initial: (sinceMillis: number | undefined) => S
  readonly take: (state: S, values: ReadonlyArray<I>, nowMillis: number) => SourceStep<S>
  /** Gives the items that are complete at a time; all of them at `Infinity`. */
  readonly release: (state: S, nowMillis: number) => SourceStep<S>
  /** Items that are not complete. */
  readonly waiting: (state: S) => number
  /** Series of values that are known, in the state. */
  readonly series: (state: S) => number
}

export interface ItemSteps<I, S, A> {
  /** Whether values of this kind are sent. */
  readonly isOn: boolean
  readonly source: ItemSource<I, S>
  readonly addTo: ReturnType<typeof WaitingItems.add>
  readonly planOf: (group: WaitingItems.ItemGroup) => EnvelopePlan.EnvelopePlan<A>
}

/** Everything that waits. */
export interface ItemsState<S> {
  readonly source: S
  readonly items: WaitingItems.WaitingItems
}

interface ItemsStep<S, A> {
  readonly state: ItemsState<S>
  readonly emitted: EnvelopePlan.PlannedStep<A>
}

// constructors

/** Without `encodeItems` the steps are off. */
export const of = <I, S, A>(
  kind: ItemKind,
  source: ItemSource<I, S>,
  { encodeItems: encode, destinationOf = () => Routing.DEFAULT }: ItemOptions<A>,
): ItemSteps<I, S, A> => ({
  isOn: encode !== undefined,
  source,
  addTo: WaitingItems.add(kind, destinationOf),
  planOf: (group) => ({
    spans: 0,
    make: () => ({ envelope: encode?.(group, group.to), losses: Losses.empty }),
  }),
})

export const initial = <I, S, A>(
  { source }: ItemSteps<I, S, A>,
  sinceMillis: number | undefined,
): ItemsState<S> => ({ source: source.initial(sinceMillis), items: WaitingItems.empty })

// transformations

/** Adds the items of some values to those that wait; gives the plans of the groups that became full. */
export const take =
  <I, S, A>(steps: ItemSteps<I, S, A>) =>
  (state: ItemsState<S>, values: ReadonlyArray<I>, nowMillis: number): ItemsStep<S, A> =>
    added(steps, state.items, steps.source.take(state.source, values, nowMillis))

/** Gives the plans of all items that are complete at a time. */
export const release =
  <I, S, A>(steps: ItemSteps<I, S, A>) =>
  (state: ItemsState<S>, nowMillis: number): ItemsStep<S, A> => {
    const released = steps.source.release(state.source, nowMillis)
    const { state: after, emitted } = added(steps, state.items, released)
    const rest = WaitingItems.groups(after.items).map(steps.planOf)
    return {
      state: { source: after.source, items: WaitingItems.empty },
      emitted: rest.length === 0 ? emitted : { ...emitted, plans: [...emitted.plans, ...rest] },
    }
  }

const added = <I, S, A>(
  { addTo, planOf }: ItemSteps<I, S, A>,
  before: WaitingItems.WaitingItems,
  { failures, items, losses, state: source }: SourceStep<S>,
): ItemsStep<S, A> => {
  const { state, full, losses: unrouted } = addTo(before, items)
  return {
    state: { source, items: state },
    emitted: {
      plans: full.map(planOf),
      losses: Losses.concat(losses, unrouted),
      ...HookFailure.asField(failures ?? HookFailure.none),
    },
  }
}

/** The plans of the items of some values, all at once. */
export const toEnd = <I, S, A>(
  steps: ItemSteps<I, S, A>,
): ((values: ReadonlyArray<I>, nowMillis: number) => EnvelopePlan.PlannedStep<A>) => {
  const [step, end] = [take(steps), release(steps)]
  return (values, nowMillis) => {
    const { state, emitted } = step(initial(steps, undefined), values, nowMillis)
    return EnvelopePlan.concat(emitted, end(state, Number.POSITIVE_INFINITY).emitted)
  }
}

// folds

/** Items that wait, complete or not. */
export const waiting = <I, S, A>({ source }: ItemSteps<I, S, A>, state: ItemsState<S>): number =>
  state.items.count + source.waiting(state.source)
