/** An exporter of the configuration at work. Pipelines that name the same exporter share it, its assembly and its queue. */

import { Exporter } from '@sentry-exporter/exporter'
import type * as Config from '@sentry-exporter/exporter/Config'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import * as WatchedHttp from './WatchedHttp.ts'

// model

export interface RunningExporter {
  readonly id: string
  readonly exporter: Exporter
  readonly watched: WatchedHttp.WatchedHttp
}

export interface RunningExporterWiring {
  readonly id: string
  readonly config: Config.Config
  readonly http: Http.Http
  readonly clock: Clock
  readonly onAttempt: (attempt: WatchedHttp.SeenAttempt) => void
}

// constructors

/** Opens no connection before the first envelope. */
export const start = ({
  id,
  config,
  http,
  clock,
  onAttempt,
}: RunningExporterWiring): RunningExporter => {
  const watched = WatchedHttp.watch(http, clock, onAttempt)
  return { id, exporter: Exporter.ofDecoded(E.right(config), watched.http, clock), watched }
}
