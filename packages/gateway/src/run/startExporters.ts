/** Starts the exporters of a configuration, and joins them with their pipelines. */
import * as E from '#fp-ts/Either'
import { type ExporterEntry, exporterConfig, type GatewayConfig } from '../config/GatewayModel.ts'
import type { Log } from '../monitor/Log.ts'
import * as Metrics from '../monitor/Metrics.ts'
import { type GatewayPipeline, processing } from '../pipeline/GatewayPipeline.ts'
import * as RunningExporter from '../pipeline/RunningExporter.ts'
import type { GatewayCapabilities, GatewayState } from './GatewayState.ts'

// running

/** The error is the ids of the exporters that have no DSN. */
export const startExporters = (
  { exporters: entries, pipelines }: GatewayConfig,
  capabilities: GatewayCapabilities,
  log: Log,
): E.Either<ReadonlyArray<string>, Pick<GatewayState, 'metrics' | 'exporters' | 'pipelines'>> => {
  const undecided = entries.filter((entry) => exporterConfig(entry) === undefined)
  if (undecided.length > 0) return E.left(undecided.map(({ id }) => id))
  const exporters: Array<RunningExporter.RunningExporter> = []
  const metrics = Metrics.make(() => exporters)
  for (const entry of entries) exporters.push(...startOne(entry, capabilities, log, metrics))
  return E.right({
    metrics,
    exporters,
    pipelines: pipelines.map(
      ({ id, signal, receivers, processors, exporters: names }): GatewayPipeline => ({
        id,
        signal,
        receivers,
        process: processing(processors),
        exporters: exporters.filter((one) => names.includes(one.id)),
      }),
    ),
  })
}

const startOne = (
  entry: ExporterEntry,
  { clock, makeHttp }: GatewayCapabilities,
  log: Log,
  metrics: Metrics.Metrics,
): ReadonlyArray<RunningExporter.RunningExporter> => {
  const { id } = entry
  const config = exporterConfig(entry)
  if (config === undefined) return []
  const warn = (message: string): void => log.limited(`${id}: losses`, message, { exporter: id })
  const unverified = (message: string): void => log.warn(message, { exporter: id })
  return [
    RunningExporter.start({
      id,
      config: { ...config, reporting: { onOutcome: undefined, warn } },
      http: makeHttp({ ...entry.http, warn: unverified }),
      clock,
      onAttempt: (attempt) => {
        metrics.onAttempt(id, attempt)
        const { status } = attempt
        if (status === 'none' || status >= 400) {
          log.limited(`${id}: ${status}`, 'Sentry did not take an envelope', {
            exporter: id,
            status,
          })
        }
      },
    }),
  ]
}
