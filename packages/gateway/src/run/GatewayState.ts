/** The gateway at state. Mutable; one owner. */
import type { Outcome } from '@sentry-exporter/exporter'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import type { NodeHttpOptions } from '@sentry-exporter/transport-node/nodeHttp'
import type { GatewayConfig } from '../config/GatewayModel.ts'
import type { Endpoint } from '../config/ReceiverConfig.ts'
import type { Log } from '../monitor/Log.ts'
import type { Metrics } from '../monitor/Metrics.ts'
import type { GatewayPipeline } from '../pipeline/GatewayPipeline.ts'
import type { RunningExporter } from '../pipeline/RunningExporter.ts'

// model

export interface GatewayCapabilities {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly makeHttp: (options: NodeHttpOptions) => Http.Http
  /** Takes lines of the log. */
  readonly writeLog: (line: string) => void
}

export interface Listening {
  /** `otlp http`, `health check`, `metrics`. */
  readonly what: string
  readonly address: Endpoint
}

export interface GatewayReport {
  readonly outcomes: ReadonlyArray<{ readonly id: string; readonly outcome: Outcome }>
}

export interface GatewayState {
  readonly config: GatewayConfig
  readonly capabilities: GatewayCapabilities
  readonly log: Log
  readonly metrics: Metrics
  readonly exporters: ReadonlyArray<RunningExporter>
  readonly pipelines: ReadonlyArray<GatewayPipeline>
  /** Whether it takes no more requests. */
  isEnding: boolean
}
