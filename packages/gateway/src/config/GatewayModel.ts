/** The decoded configuration of the gateway: everything that it needs to start, checked. It contains secrets: never print it. */
import type * as Config from '@sentry-exporter/exporter/Config'
import type { NodeHttpOptions } from '@sentry-exporter/transport-node/nodeHttp'
import type { Processor } from '../processor/Processor.ts'
import type { ExporterOptions } from './component/exporterOptions.ts'
import type { HealthCheckConfig } from './component/healthCheck.ts'
import type { ExporterAddress } from './component/sentryExporter.ts'
import type { TelemetryConfig } from './component/telemetry.ts'
import type { OtlpReceiverConfig } from './ReceiverConfig.ts'

// model

export interface GatewayConfig {
  /** Those that a pipeline uses. */
  readonly receivers: ReadonlyArray<ReceiverEntry>
  /** Those that send to Sentry, at least one. */
  readonly pipelines: ReadonlyArray<PipelineConfig>
  /** Those that a pipeline uses. */
  readonly exporters: ReadonlyArray<ExporterEntry>
  readonly healthChecks: ReadonlyArray<HealthCheckConfig>
  readonly telemetry: TelemetryConfig
  readonly shutdownTimeoutMillis: number
}

export interface ReceiverEntry {
  readonly id: string
  readonly config: OtlpReceiverConfig
}

/** Ids of receivers and exporters refer to the entries of the configuration. */
export interface PipelineConfig {
  /** `traces`, or `traces/name`. */
  readonly id: string
  readonly signal: 'traces' | 'logs' | 'metrics'
  readonly receivers: ReadonlyArray<string>
  /** In their order. */
  readonly processors: ReadonlyArray<Processor>
  readonly exporters: ReadonlyArray<string>
}

export interface ExporterEntry {
  readonly id: string
  readonly address: ExporterAddress
  readonly options: ExporterOptions
  /** For `nodeHttp`. */
  readonly http: NodeHttpOptions
}

// folds

/** The configuration for `Exporter.ofDecoded`; undefined for an organization, whose projects are looked up while it runs. */
export const exporterConfig = ({ address, options }: ExporterEntry): Config.Config | undefined =>
  address._tag === 'Dsn' ? { ...options, dsn: address.dsn } : undefined
