/** Starts the exporters of a configuration, and joins them with their pipelines. */
import { sdk } from '@sentry-exporter/core/Sdk'
import { ProjectLookup } from '@sentry-exporter/exporter'
import type * as Http from '@sentry-exporter/transport/Http'
import { nodeExchange } from '@sentry-exporter/transport-node/nodeExchange'
import type { Organization } from '../config/component/organization.ts'
import type { ExporterEntry, GatewayConfig } from '../config/GatewayModel.ts'
import { type GatewayPipeline, processing } from '../pipeline/GatewayPipeline.ts'
import * as RunningExporter from '../pipeline/RunningExporter.ts'
import { logAnswer } from '../projects/logAnswer.ts'
import { type OpenDirectory, openDirectory } from '../projects/openDirectory.ts'
import { isSame } from '../reload/isSame.ts'
import type { ActiveConfig, GatewayState } from './GatewayState.ts'

// model

/** The parts of the gateway that its exporters need. */
export type ExporterWiring = Pick<GatewayState, 'capabilities' | 'log' | 'metrics'>

// running

export const startExporters = (config: GatewayConfig, wiring: ExporterWiring): ActiveConfig =>
  activeOf(
    config,
    config.exporters.map((entry) => startExporter(entry, wiring)),
  )

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

/** Throws if its options cannot work. */
export const startExporter = (
  entry: ExporterEntry,
  wiring: ExporterWiring,
): RunningExporter.RunningExporter => {
  const { id } = entry
  const { capabilities, log, metrics } = wiring
  return RunningExporter.start({
    id,
    configured: configuredOf(entry, wiring),
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

/** A former configuration of an exporter. */
export interface FormerConfig {
  readonly entry: ExporterEntry
  readonly directory: OpenDirectory | undefined
}

/**
 * The configuration of an exporter, which reports to the log. An organization has a directory of its projects; that of `former` if
 * it is one of the same.
 */
export const configuredOf = (
  entry: ExporterEntry,
  wiring: ExporterWiring,
  former?: FormerConfig,
): RunningExporter.ConfiguredExporter => {
  const { id, address, options } = entry
  const warn = (message: string): void =>
    wiring.log.limited(`${id}: losses`, message, { exporter: id })
  const config = { ...options, dsn: address.dsn, reporting: { onOutcome: undefined, warn } }
  if (address._tag === 'Dsn') return { config, directory: undefined }
  const { projectFromAttribute: attribute, projects: slugs } = address.organization
  const directory = directoryOf(entry, address, wiring, former)
  const projects = ProjectLookup.of({ attribute, slugs }, directory)
  return { config: { ...config, projects }, directory }
}

const directoryOf = (
  { id, http }: ExporterEntry,
  { organization, dsn }: Extract<ExporterEntry['address'], { readonly _tag: 'Organization' }>,
  { capabilities, log, metrics }: ExporterWiring,
  former: FormerConfig | undefined,
): OpenDirectory => {
  const before = former?.entry.address
  const isKept =
    before?._tag === 'Organization' &&
    isSame(former?.entry.http, http) &&
    isSame(askedBy(before.organization), askedBy(organization)) &&
    (before.dsn === undefined) === (dsn === undefined)
  if (isKept && former?.directory !== undefined) return former.directory
  const { clock, makeExchange = nodeExchange } = capabilities
  return openDirectory({
    organization,
    exchange: makeExchange({ ...http, warn: () => undefined }),
    clock,
    client: `${sdk.name}/${sdk.version}`,
    needsHead: dsn === undefined,
    onAnswer: (call, answer) => {
      metrics.onProjectCall(id, call, answer)
      logAnswer(log, id, call, answer)
    },
  })
}

/** The settings of an organization that its directory depends on. */
const askedBy = ({ url, orgSlug, authToken, autoCreateProjects }: Organization): unknown => [
  url,
  orgSlug,
  authToken,
  autoCreateProjects,
]

/** The way to Sentry of an exporter. Throws if its options cannot work. */
export const httpOf = (
  { id, http }: ExporterEntry,
  { capabilities, log }: Pick<ExporterWiring, 'capabilities' | 'log'>,
): Http.Http =>
  capabilities.makeHttp({ ...http, warn: (message) => log.warn(message, { exporter: id }) })
