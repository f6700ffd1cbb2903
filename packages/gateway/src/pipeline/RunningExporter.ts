/** An exporter of the configuration at work. Pipelines that name the same exporter share it, its assembly and its queue. */

import { type Outcome, Reconfigurable } from '@sentry-exporter/exporter'
import type { Backlog } from '@sentry-exporter/exporter/Backlog'
import type * as Config from '@sentry-exporter/exporter/Config'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import type { ProjectCounts } from '../projects/Directory.ts'
import type { OpenDirectory } from '../projects/openDirectory.ts'
import * as ReplaceableHttp from './ReplaceableHttp.ts'
import * as WatchedHttp from './WatchedHttp.ts'

// model

export interface RunningExporter {
  readonly id: string
  readonly exporter: Reconfigurable.ReconfigurableExporter
  readonly watched: WatchedHttp.WatchedHttp
  /** Of its organization, if it has one. */
  readonly directory: () => OpenDirectory | undefined
  /** Uses another configuration. A directory that it uses no longer is stopped. */
  readonly reconfigure: (next: ConfiguredExporter) => void
  /** Uses another way to Sentry from the next attempt on. */
  readonly replaceHttp: (next: Http.Http) => void
}

export interface ConfiguredExporter {
  readonly config: Config.RunnableConfig
  /** That of the configuration. The exporter stops it in the end. */
  readonly directory: OpenDirectory | undefined
}

export interface RunningExporterWiring {
  readonly id: string
  readonly configured: ConfiguredExporter
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
  /** The projects of its organization. */
  readonly projects: () => ProjectCounts | undefined
}

// constructors

/** Opens no connection before the first envelope. Throws if the options cannot work. */
export const start = ({
  id,
  configured,
  http,
  clock,
  onAttempt,
}: RunningExporterWiring): RunningExporter => {
  const replaceable = ReplaceableHttp.make(http)
  const watched = WatchedHttp.watch(replaceable.http, clock, onAttempt)
  const exporter = Reconfigurable.start(configured.config, watched.http, clock)
  let { directory } = configured
  return {
    id,
    exporter: {
      ...exporter,
      shutdown: async (timeoutMillis) => {
        const outcome = await exporter.shutdown(timeoutMillis)
        await directory?.stop()
        return outcome
      },
    },
    watched,
    directory: () => directory,
    reconfigure: (next) => {
      const former = directory
      directory = next.directory
      exporter.reconfigure(next.config)
      if (former !== directory) void former?.stop()
    },
    replaceHttp: replaceable.replace,
  }
}

// folds

export const reported = ({
  id,
  exporter,
  watched,
  directory,
}: RunningExporter): ReportedExporter => ({
  id,
  outcome: exporter.outcome,
  backlog: exporter.backlog,
  isDown: () => watched.isDown() || directory()?.isFailing() === true,
  projects: () => directory()?.counts(),
})
