/**
 * The running gateway: receivers, pipelines and exporters of a configuration, its health checks, metrics and log.
 *
 * @example
 * ```ts
 * import { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
 *
 * const yaml = `
 * receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } }
 * exporters: { sentry: { dsn: 'https://key@sentry.example.com/42' } }
 * service:
 *   telemetry: { metrics: { level: none }, logs: { level: error } }
 *   pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }`
 *
 * const sources = { configs: [`yaml:${yaml}`], sets: [], dsn: undefined }
 * const loaded = await GatewayConfig.load(sources, GatewayConfig.liveCapabilities)
 * if (loaded._tag === 'Right') {
 *   const started = await Gateway.start(loaded.right.config, Gateway.liveCapabilities)
 *   if (started._tag === 'Right') {
 *     console.log(started.right.listening.map(({ what }) => what)) // [ 'otlp http' ]
 *     const { outcomes } = await started.right.stop()
 *     console.log(outcomes.map(({ id, outcome }) => `${id}: ${outcome.spansIn} spans`)) // [ 'sentry: 0 spans' ]
 *   }
 * }
 * ```
 */

import * as Outcome from '@sentry-exporter/exporter/Outcome'
import { stopwatch, systemClock } from '@sentry-exporter/transport/Clock'
import { nodeExchange } from '@sentry-exporter/transport-node/nodeExchange'
import { nodeHttp } from '@sentry-exporter/transport-node/nodeHttp'
import * as E from '#fp-ts/Either'
import type { GatewayConfig } from './config/GatewayModel.ts'
import * as Log from './monitor/Log.ts'
import * as Metrics from './monitor/Metrics.ts'
import { type ListenError, showAddress, showError } from './receiver/Listener.ts'
import { coalesce } from './run/coalesce.ts'
import {
  type GatewayCapabilities,
  type GatewayReport,
  type GatewayState,
  type Listening,
  reportedBy,
} from './run/GatewayState.ts'
import { type OpenPart, openParts } from './run/openParts.ts'
import { type ReloadResult, type ReloadSource, reload, useConfig } from './run/reload.ts'
import { startExporters } from './run/startExporters.ts'

export type { GatewayCapabilities, GatewayReport, Listening } from './run/GatewayState.ts'
export type { ReloadedConfig, ReloadResult, ReloadSource } from './run/reload.ts'

// model

export interface Gateway {
  readonly listening: ReadonlyArray<Listening>
  /** The outcomes up to now. */
  readonly report: () => GatewayReport
  /**
   * Loads the configuration again, and uses it in place of the former one, or leaves that in use. The result is logged and counted.
   * Calls during a reload share one that follows it. Never rejects.
   */
  readonly reload: (load: ReloadSource) => Promise<ReloadResult>
  /**
   * Takes no more requests, sends what waits within the time limit of the configuration, and closes everything. Later calls
   * return the same.
   */
  readonly stop: () => Promise<GatewayReport>
}

/** A part that cannot listen. */
export interface StartError {
  readonly _tag: 'Listen'
  readonly what: string
  readonly error: ListenError
}

/** The part of the time of a shutdown that requests under way have, to arrive and be answered. */
const RECEIVING_SHARE = 0.25

// constructors

export const liveCapabilities: GatewayCapabilities = {
  clock: systemClock,
  random: Math.random,
  makeHttp: nodeHttp,
  makeExchange: nodeExchange,
  writeLog: (line) => {
    process.stderr.write(line)
  },
}

// encoding

/** One line. */
export const showStartError = ({ what, error }: StartError): string =>
  `${what}: ${showError(error)}`

// running

/** Starts everything, or nothing. Never rejects. */
export const start = async (
  config: GatewayConfig,
  capabilities: GatewayCapabilities,
): Promise<E.Either<ReadonlyArray<StartError>, Gateway>> => {
  const { logLevel: level, logEncoding: encoding } = config.telemetry
  const { clock, writeLog: write } = capabilities
  const log = Log.make({ level, encoding, clock, write })
  const reported: Pick<GatewayState, 'active' | 'ended' | 'removed'> = {
    active: { config, exporters: [], pipelines: [] },
    removed: new Set(),
    ended: new Map(),
  }
  const metrics = Metrics.make(() => reportedBy(reported))
  const state: GatewayState = Object.assign(reported, {
    capabilities,
    log,
    metrics,
    active: startExporters(config, { capabilities, log, metrics }),
    isEnding: false,
  })
  const parts = await openParts(state)
  if (E.isRight(parts)) return E.right(running(state, parts.right))
  await Promise.all(state.active.exporters.map(({ exporter }) => exporter.shutdown(0)))
  return E.left(parts.left.map(({ what, error }) => ({ _tag: 'Listen', what, error })))
}

const running = (state: GatewayState, parts: ReadonlyArray<OpenPart>): Gateway => {
  const listening = parts.map((part) => part.listening)
  for (const { what, address } of listening) {
    state.log.info('listening', { what, address: showAddress(address) })
  }
  useConfig(state)
  const queue = coalesce<ReloadResult>()
  let stopping: Promise<GatewayReport> | undefined
  return {
    listening,
    report: () => reportOf(state),
    reload: (load) => queue(() => reload(state, parts, load)),
    stop: () => {
      stopping ??= stop(state, parts)
      return stopping
    },
  }
}

const stop = async (
  state: GatewayState,
  parts: ReadonlyArray<OpenPart>,
): Promise<GatewayReport> => {
  const { capabilities, log } = state
  const timeoutMillis = state.active.config.shutdownTimeoutMillis
  const passedMillis = stopwatch(capabilities.clock)
  const startMillis = passedMillis()
  state.isEnding = true
  log.info('shutting down', { timeoutMillis })
  await Promise.all(
    parts.map(({ close, isMonitor }) =>
      isMonitor ? undefined : close(timeoutMillis * RECEIVING_SHARE),
    ),
  )
  const leftMillis = Math.max(0, timeoutMillis - (passedMillis() - startMillis))
  await Promise.all([
    ...state.active.exporters.map(({ exporter }) => exporter.shutdown(leftMillis)),
    ...[...state.removed].map(({ end }) => end(leftMillis)),
  ])
  const report = reportOf(state)
  for (const { id, outcome } of report.outcomes) {
    log.info('stopped', { exporter: id, outcome: Outcome.show(outcome) })
  }
  await Promise.all(parts.map(({ close, isMonitor }) => (isMonitor ? close(0) : undefined)))
  return report
}

const reportOf = (state: GatewayState): GatewayReport => {
  const outcomes = new Map<string, Outcome.Outcome>()
  for (const { id, outcome } of reportedBy(state)) {
    outcomes.set(id, Outcome.Monoid.concat(outcomes.get(id) ?? Outcome.Monoid.empty, outcome()))
  }
  return { outcomes: [...outcomes].map(([id, outcome]) => ({ id, outcome })) }
}
