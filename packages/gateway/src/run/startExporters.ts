/** Starts the exporters of a configuration, and joins them with their pipelines. */
import type * as Config from '@sentry-exporter/exporter/Config'
import type * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { type ExporterEntry, exporterConfig, type GatewayConfig } from '../config/GatewayModel.ts'
import { type GatewayPipeline, processing } from '../pipeline/GatewayPipeline.ts'
import * as RunningExporter from '../pipeline/RunningExporter.ts'
import type { ActiveConfig, GatewayState } from './GatewayState.ts'

// model

/** The parts of the gateway that its exporters need. */
export type ExporterWiring = Pick<GatewayState, 'capabilities' | 'log' | 'metrics'>

// running

/** The error is the ids of the exporters that have no DSN. */
export const startExporters = (
  config: GatewayConfig,
  wiring: ExporterWiring,
): E.Either<ReadonlyArray<string>, ActiveConfig> => {
  const undecided = withoutDsn(config)
  if (undecided.length > 0) return E.left(undecided)
  const exporters = config.exporters.flatMap((entry) => startExporter(entry, wiring) ?? [])
  return E.right(activeOf(config, exporters))
}

/** The ids of the exporters whose projects have to be looked up. */
export const withoutDsn = ({ exporters }: GatewayConfig): ReadonlyArray<string> =>
  exporters.filter((entry) => exporterConfig(entry) === undefined).map(({ id }) => id)

/** The configuration with these exporters, joined with its pipelines. */
export const activeOf = (
  config: GatewayConfig,
  exporters: ReadonlyArray<RunningExporter.RunningExporter>,
): ActiveConfig => ({
  config,
  exporters,
  pipelines: config.pipelines.map(
    ({ id, signal, receivers, processors, exporters: names }): GatewayPipeline => ({
      id,
      signal,
      receivers,
      process: processing(processors),
      exporters: exporters.filter((one) => names.includes(one.id)),
    }),
  ),
})

/** `undefined` for one without a DSN. Throws if its options cannot work. */
export const startExporter = (
  entry: ExporterEntry,
  wiring: ExporterWiring,
): RunningExporter.RunningExporter | undefined => {
  const { id } = entry
  const { capabilities, log, metrics } = wiring
  const config = configOf(entry, wiring)
  if (config === undefined) return undefined
  return RunningExporter.start({
    id,
    config,
    http: httpOf(entry, wiring),
    clock: capabilities.clock,
    onAttempt: (attempt) => {
      metrics.onAttempt(id, attempt)
      const { status } = attempt
      if (status === 'none' || status >= 400) {
        log.limited(`${id}: ${status}`, 'Sentry did not take an envelope', { exporter: id, status })
      }
    },
  })
}

/** The configuration of an exporter, which reports to the log; `undefined` for one without a DSN. */
export const configOf = (
  entry: ExporterEntry,
  { log }: Pick<ExporterWiring, 'log'>,
): Config.Config | undefined => {
  const { id } = entry
  const config = exporterConfig(entry)
  const warn = (message: string): void => log.limited(`${id}: losses`, message, { exporter: id })
  return config && { ...config, reporting: { onOutcome: undefined, warn } }
}

/** The way to Sentry of an exporter. Throws if its options cannot work. */
export const httpOf = (
  { id, http }: ExporterEntry,
  { capabilities, log }: Pick<ExporterWiring, 'capabilities' | 'log'>,
): Http.Http =>
  capabilities.makeHttp({ ...http, warn: (message) => log.warn(message, { exporter: id }) })
