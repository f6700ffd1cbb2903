/** From log records to logs. A log needs nothing but its record, so that none waits to be complete. */
import * as Hooks from '@sentry-exporter/core/Hooks'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import { logItems } from '@sentry-exporter/core/pipeline'
import * as ItemSteps from './ItemSteps.ts'

// model

/** The options of a pipeline that decide about logs. */
export interface LogOptions<A> extends ItemSteps.ItemOptions<A> {
  /** `false`: log records are not sent as logs. */
  readonly logs?: boolean | undefined
}

/** No log waits to be complete. */
export type LogState = undefined

export type LogSteps<A> = ItemSteps.ItemSteps<LogRecord, LogState, A>

// constructors

export const of = <A>(options: LogOptions<A>): LogSteps<A> =>
  isOn(options)
    ? ItemSteps.of('log', sourceOf(options), options)
    : ItemSteps.of('log', none, { ...options, encodeItems: undefined })

const NOTHING: ItemSteps.SourceStep<LogState> = {
  state: undefined,
  items: [],
  losses: Losses.empty,
}

/** The assembly counts the records that are not sent. */
const none: LogSteps<never>['source'] = {
  initial: () => undefined,
  take: () => NOTHING,
  release: () => NOTHING,
  waiting: () => 0,
  series: () => 0,
}

const sourceOf = <A>({
  mapping,
  mappingFor,
  hooks = Hooks.defaults,
}: LogOptions<A>): LogSteps<A>['source'] => {
  const toItems = logItems({ mapping, mappingFor, privacy: hooks.privacy, hook: hooks.log })
  return {
    ...none,
    take: (state, records, nowMillis) => ({ state, ...toItems(records, nowMillis) }),
  }
}

// guards

/** Whether log records are sent as logs. */
export const isOn = <A>({ encodeItems, logs }: LogOptions<A>): boolean =>
  encodeItems !== undefined && logs !== false
