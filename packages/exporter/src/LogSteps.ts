/** From log records to logs. A log needs nothing but its record, so that none waits to be complete. */
import * as Hooks from '@sentry-exporter/core/Hooks'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import { logItems } from '@sentry-exporter/core/pipeline'
import type { EncodeItems } from './ItemEnvelope.ts'
import * as ItemSteps from './ItemSteps.ts'

// model

/** The options of a pipeline that decide about logs. */
export interface LogOptions<A> extends ItemSteps.ItemOptions {
  /** Makes the envelopes of logs; without it, log records are not sent as logs. */
  readonly encodeLogs?: EncodeItems<A> | undefined
}

/** No log waits to be complete. */
export type LogState = undefined

export type LogSteps<A> = ItemSteps.ItemSteps<LogRecord, LogState, A>

// constructors

export const of = <A>(options: LogOptions<A>): LogSteps<A> => {
  const { destinationOf, encodeLogs: encode } = options
  const source = encode === undefined ? none : sourceOf(options)
  return ItemSteps.of(source, { kind: 'log', encode, destinationOf })
}

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
