/**
 * Replaces the configuration of a running gateway: load, compare, prepare, switch, retire. All that can fail or takes time comes
 * before the switch, which is synchronous: a request is taken by the former or by the new configuration.
 */
import * as E from '#fp-ts/Either'
import type { GatewayConfig } from '../config/GatewayModel.ts'
import type { ReloadOutcome } from '../monitor/ReloadMetrics.ts'
import type { RunningExporter } from '../pipeline/RunningExporter.ts'
import * as ConfigChange from '../reload/ConfigChange.ts'
import { configHash } from '../reload/configHash.ts'
import type { GatewayState } from './GatewayState.ts'
import type { OpenPart } from './openParts.ts'
import { type PreparedReload, prepare } from './prepareReload.ts'
import * as RemovedExporter from './RemovedExporter.ts'
import { activeOf } from './startExporters.ts'

// model

/** A configuration that was loaded again, with lines about it that contain no secret. */
export interface ReloadedConfig {
  readonly config: GatewayConfig
  /** Warnings and notes. */
  readonly notes: ReadonlyArray<string>
}

/** Loads the configuration. The error is the lines of its problems. Never rejects. */
export type ReloadSource = () => Promise<E.Either<ReadonlyArray<string>, ReloadedConfig>>

export type ReloadResult =
  | { readonly _tag: 'Applied'; readonly changes: ReadonlyArray<ConfigChange.ConfigChange> }
  /** In all cases that follow the former configuration stays in use. */
  | { readonly _tag: 'Invalid'; readonly problems: ReadonlyArray<string> }
  | ConfigChange.RestartNeeded
  /** Certificates or exporters of it could not be started. */
  | { readonly _tag: 'NotStarted'; readonly problems: ReadonlyArray<string> }
  /** The gateway is shutting down. */
  | { readonly _tag: 'Ending' }

const KEPT = 'the configuration was not reloaded, the former one stays in use'

const ENDING: ReloadResult = { _tag: 'Ending' }

// running

/** Calls must not overlap. Never rejects. */
export const reload = async (
  state: GatewayState,
  parts: ReadonlyArray<OpenPart>,
  load: ReloadSource,
): Promise<ReloadResult> => {
  if (state.isEnding) return ENDING
  state.log.info('reloading the configuration')
  const loaded = await loadWith(load)
  // A signal may have ended the gateway meanwhile, here and below.
  if (state.isEnding) return ENDING
  if (E.isLeft(loaded)) return refuse(state, { _tag: 'Invalid', problems: loaded.left })
  const { config, notes } = loaded.right
  const changes = ConfigChange.between(state.active.config, config)
  if (E.isLeft(changes)) return refuse(state, changes.left)
  const prepared = await prepare(state, parts, { config, changes: changes.right })
  if (state.isEnding) {
    if (E.isRight(prepared)) await prepared.right.discard()
    return ENDING
  }
  if (E.isLeft(prepared)) return refuse(state, { _tag: 'NotStarted', problems: prepared.left })
  for (const note of notes) state.log.info('about the configuration', { note })
  apply(state, config, prepared.right)
  const shown = ConfigChange.show(changes.right.changes)
  state.log.info('the configuration was reloaded', {
    changes: shown === '' ? 'none; files of certificates were read again' : shown,
    hash: configHash(config),
  })
  return { _tag: 'Applied', changes: changes.right.changes }
}

/** A source of a program may reject or throw. */
const loadWith = (load: ReloadSource): ReturnType<ReloadSource> =>
  Promise.resolve()
    .then(load)
    .catch(() => E.left(['it could not be loaded']))

/** The synchronous switch. Removed exporters send what they hold within the time of a shutdown. */
const apply = (
  state: GatewayState,
  config: GatewayConfig,
  { exporters, commit }: PreparedReload,
): void => {
  const { active, log, metrics } = state
  commit()
  state.active = activeOf(config, exporters)
  const { logLevel: level, logEncoding: encoding } = config.telemetry
  log.configure({ level, encoding })
  metrics.onReload('applied')
  useConfig(state)
  for (const former of active.exporters) {
    if (exporters.includes(former)) continue
    log.info('the exporter was removed and sends what it holds', { exporter: former.id })
    void retire(state, former, config.shutdownTimeoutMillis)
  }
}

const retire = async (
  { ended, removed }: GatewayState,
  former: RunningExporter,
  timeoutMillis: number,
): Promise<void> => {
  const ending = RemovedExporter.remove(former)
  removed.add(ending)
  await ending.end(timeoutMillis)
  removed.delete(ending)
  ended.set(former.id, RemovedExporter.concat(ended.get(former.id), ending.reported()))
}

/** Shows the configuration in use in the metrics. */
export const useConfig = ({ active, capabilities, metrics }: GatewayState): void =>
  metrics.onConfig({ hash: configHash(active.config), sinceMillis: capabilities.clock.now() })

const OUTCOMES: Readonly<Record<'Invalid' | 'RestartNeeded' | 'NotStarted', ReloadOutcome>> = {
  Invalid: 'invalid',
  RestartNeeded: 'restart',
  NotStarted: 'failed',
}

type Refused = Extract<ReloadResult, { readonly _tag: keyof typeof OUTCOMES }>

const refuse = (
  { log, metrics }: Pick<GatewayState, 'log' | 'metrics'>,
  refused: Refused,
): ReloadResult => {
  metrics.onReload(OUTCOMES[refused._tag])
  if (refused._tag === 'RestartNeeded') {
    log.error(`${KEPT}: restart the gateway for these changes`, {
      changes: ConfigChange.show(refused.changes),
    })
  } else for (const problem of refused.problems) log.error(KEPT, { problem })
  return refused
}
