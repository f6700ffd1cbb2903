/** An exporter of the configuration at work. Pipelines that name the same exporter share it, its assembly and its queue. */

import { type Outcome, Reconfigurable } from '@sentry-exporter/exporter'
import type { Backlog } from '@sentry-exporter/exporter/Backlog'
import type * as Config from '@sentry-exporter/exporter/Config'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as ReplaceableHttp from './ReplaceableHttp.ts'
import * as WatchedHttp from './WatchedHttp.ts'

// model

export interface RunningExporter {
  readonly id: string
  readonly exporter: Reconfigurable.ReconfigurableExporter
  readonly watched: WatchedHttp.WatchedHttp
  /** Uses another way to Sentry from the next attempt on. */
  readonly replaceHttp: (next: Http.Http) => void
}

export interface RunningExporterWiring {
  readonly id: string
  readonly config: Config.Config
  readonly http: Http.Http
  readonly clock: Clock
  readonly onAttempt: (attempt: WatchedHttp.SeenAttempt) => void
}

/** The figures of an exporter, of one that the configuration has no longer too. */
export interface ReportedExporter {
  readonly id: string
  readonly outcome: () => Outcome
  readonly backlog: () => Backlog
  readonly isDown: () => boolean
}

// constructors

/** Opens no connection before the first envelope. Throws if the options cannot work. */
export const start = ({
  id,
  config,
  http,
  clock,
  onAttempt,
}: RunningExporterWiring): RunningExporter => {
  const replaceable = ReplaceableHttp.make(http)
  const watched = WatchedHttp.watch(replaceable.http, clock, onAttempt)
  return {
    id,
    exporter: Reconfigurable.start(config, watched.http, clock),
    watched,
    replaceHttp: replaceable.replace,
  }
}

// folds

export const reported = ({ id, exporter, watched }: RunningExporter): ReportedExporter => ({
  id,
  outcome: exporter.outcome,
  backlog: exporter.backlog,
  isDown: watched.isDown,
})
