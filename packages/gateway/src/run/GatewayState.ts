/** The gateway at work. Mutable; one owner. */
import type { Outcome } from '@sentry-exporter/exporter'
import type { Exchange } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import type { NodeHttpOptions } from '@sentry-exporter/transport-node/nodeHttp'
import type { GatewayConfig } from '../config/GatewayModel.ts'
import type { Endpoint } from '../config/ReceiverConfig.ts'
import type { Log } from '../monitor/Log.ts'
import type { Metrics } from '../monitor/Metrics.ts'
import type { GatewayPipeline } from '../pipeline/GatewayPipeline.ts'
import * as RunningExporter from '../pipeline/RunningExporter.ts'
import type { RemovedExporter } from './RemovedExporter.ts'

// model

export interface GatewayCapabilities {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly makeHttp: (options: NodeHttpOptions) => Http.Http
  /** For the API that knows the projects of an organization; `nodeExchange` if left out. */
  readonly makeExchange?: ((options: NodeHttpOptions) => Exchange) | undefined
  /** Takes lines of the log. */
  readonly writeLog: (line: string) => void
}

export interface Listening {
  /** `otlp http`, `health check`, `metrics`. */
  readonly what: string
  readonly address: Endpoint
}

export interface GatewayReport {
  /** By exporter. Those that a reload removed are there too. */
  readonly outcomes: ReadonlyArray<{ readonly id: string; readonly outcome: Outcome }>
}

/** A configuration in use. A reload replaces it as a whole. */
export interface ActiveConfig {
  readonly config: GatewayConfig
  readonly exporters: ReadonlyArray<RunningExporter.RunningExporter>
  readonly pipelines: ReadonlyArray<GatewayPipeline>
}

export interface GatewayState {
  readonly capabilities: GatewayCapabilities
  readonly log: Log
  readonly metrics: Metrics
  active: ActiveConfig
  /** The exporters that a reload removed, and that still send what they hold. */
  readonly removed: Set<RemovedExporter>
  /** The figures of those that have ended, by id. */
  readonly ended: Map<string, RunningExporter.ReportedExporter>
  /** Whether it takes no more requests. */
  isEnding: boolean
}

// folds

export const reportedBy = ({
  active,
  removed,
  ended,
}: Pick<
  GatewayState,
  'active' | 'ended' | 'removed'
>): ReadonlyArray<RunningExporter.ReportedExporter> => [
  ...active.exporters.map(RunningExporter.reported),
  ...[...removed].map(({ reported }) => reported()),
  ...ended.values(),
]
