/** From log records to plans of envelopes: the steps that exporters with and without a clock share. */
import * as Hooks from '@sentry-exporter/core/Hooks'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import { HookFailure, type LogItems, logItems } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { EnvelopePlan } from './EnvelopePlan.ts'
import type { EncodeLogs } from './LogEnvelope.ts'
import * as Routing from './Routing.ts'
import * as WaitingLogs from './WaitingLogs.ts'

// model

/** The options of a pipeline that decide about logs. */
export interface LogOptions<A> {
  readonly mapping: Mapping
  /** The mapping of the spans and records of a resource that has one of its own. */
  readonly mappingFor?: ((resource: Resource) => Mapping | undefined) | undefined
  /** `Hooks.defaults` if left out. */
  readonly hooks?: Hooks.Hooks | undefined
  /** Where segments go, by the resource of their entry, and logs; to the default project if left out. */
  readonly destinationOf?: ((from: Resource) => Routing.Destination) | undefined
  /** Makes the envelopes of logs; without it, log records are not sent as logs. */
  readonly encodeLogs?: EncodeLogs<A> | undefined
}

export interface LogSteps<A> {
  readonly toItems: (records: ReadonlyArray<LogRecord>, nowMillis: number) => LogItems
  readonly addTo: ReturnType<typeof WaitingLogs.add>
  readonly planOf: (group: WaitingLogs.LogGroup) => EnvelopePlan<A>
}

/** The result of a step. */
export interface EmittedLogs<A> extends HookFailure.WithFailures {
  readonly plans: ReadonlyArray<EnvelopePlan<A>>
  readonly losses: Losses.Losses
}

// constructors

/** `undefined` if logs are off. */
export const of = <A>({
  mapping,
  mappingFor,
  hooks = Hooks.defaults,
  destinationOf = () => Routing.DEFAULT,
  encodeLogs: encode,
}: LogOptions<A>): LogSteps<A> | undefined =>
  encode === undefined
    ? undefined
    : {
        toItems: logItems({ mapping, mappingFor, privacy: hooks.privacy, hook: hooks.log }),
        addTo: WaitingLogs.add(destinationOf),
        planOf: (group) => ({
          spans: 0,
          make: () => ({ envelope: encode(group, group.to), losses: Losses.empty }),
        }),
      }

export const nothing: EmittedLogs<never> = { plans: [], losses: Losses.empty }

// transformations

/** Adds the logs of some records to those that wait. */
export const take =
  <A>({ toItems, addTo, planOf }: LogSteps<A>) =>
  (
    before: WaitingLogs.WaitingLogs,
    records: ReadonlyArray<LogRecord>,
    nowMillis: number,
  ): { readonly state: WaitingLogs.WaitingLogs; readonly emitted: EmittedLogs<A> } => {
    const { items, losses, failures } = toItems(records, nowMillis)
    const added = addTo(before, items)
    return {
      state: added.state,
      emitted: {
        plans: added.full.map(planOf),
        losses: Losses.concat(losses, added.losses),
        ...HookFailure.asField(failures ?? HookFailure.none),
      },
    }
  }

/** The plans of the logs of some records, all at once. */
export const toEnd = <A>(
  steps: LogSteps<A> | undefined,
): ((records: ReadonlyArray<LogRecord>, nowMillis: number) => EmittedLogs<A>) => {
  if (steps === undefined) return () => nothing
  const step = take(steps)
  return (records, nowMillis) => {
    const { state, emitted } = step(WaitingLogs.empty, records, nowMillis)
    const rest = WaitingLogs.groups(state).map(steps.planOf)
    return { ...emitted, plans: [...emitted.plans, ...rest] }
  }
}
