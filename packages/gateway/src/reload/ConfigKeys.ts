/** Every key of the configuration, with its value and the effect of a change. `docs/gateway.md` lists them. */

import * as ConfigPath from '../config/ConfigPath.ts'
import type { TelemetryConfig } from '../config/component/telemetry.ts'
import type { GatewayConfig, PipelineConfig } from '../config/GatewayModel.ts'
import { exporterKeys } from './exporterKeys.ts'
import * as KeyRule from './KeyRule.ts'
import { healthCheckKeys, receiverKeys } from './receiverKeys.ts'

// model

const { applies, newData, noKey, restart } = KeyRule

const pipelineKeys: KeyRule.KeyRules<Omit<PipelineConfig, 'id'>> = {
  // A part of the id.
  signal: noKey,
  receivers: newData('receivers'),
  processors: newData('processors'),
  exporters: newData('exporters'),
}

const telemetryKeys: KeyRule.KeyRules<TelemetryConfig> = {
  logLevel: applies('logs::level'),
  logEncoding: applies('logs::encoding'),
  metricsEndpoint: restart('metrics'),
}

const shutdownTimeout: KeyRule.KeyRules<Pick<GatewayConfig, 'shutdownTimeoutMillis'>> = {
  shutdownTimeoutMillis: applies('shutdown_timeout'),
}

const SERVICE = 'service'
const PIPELINES = ConfigPath.at(SERVICE, 'pipelines')
const TELEMETRY = ConfigPath.at(SERVICE, 'telemetry')

// folds

/** Components have an entry of their own, by which it shows that one was added or removed. */
const component = (path: string, effect: KeyRule.KeyEffect): KeyRule.KeyedValue => ({
  path,
  effect,
  isSecret: false,
  value: true,
})

type Sections = {
  readonly [K in keyof GatewayConfig]: (
    section: GatewayConfig[K],
  ) => ReadonlyArray<KeyRule.KeyedValue>
}

const sections: Sections = {
  receivers: (entries) =>
    entries.flatMap(({ id, config }) => {
      const path = ConfigPath.at('receivers', id)
      return [component(path, 'restart'), ...KeyRule.valuesOf(receiverKeys, config, path)]
    }),
  pipelines: (entries) =>
    entries.flatMap(({ id, ...config }) => {
      const path = ConfigPath.at(PIPELINES, id)
      return [component(path, 'new data'), ...KeyRule.valuesOf(pipelineKeys, config, path)]
    }),
  exporters: (entries) =>
    entries.flatMap(({ id, ...config }) => {
      const path = ConfigPath.at('exporters', id)
      return [component(path, 'applies'), ...KeyRule.valuesOf(exporterKeys, config, path)]
    }),
  healthChecks: (entries) =>
    entries.flatMap(({ id, ...config }) => {
      const path = ConfigPath.at('extensions', id)
      return [component(path, 'restart'), ...KeyRule.valuesOf(healthCheckKeys, config, path)]
    }),
  telemetry: (telemetry) => KeyRule.valuesOf(telemetryKeys, telemetry, TELEMETRY),
  shutdownTimeoutMillis: (shutdownTimeoutMillis) =>
    KeyRule.valuesOf(shutdownTimeout, { shutdownTimeoutMillis }, SERVICE),
}

/** All values of a configuration, each at its path. */
export const valuesOf = (config: GatewayConfig): ReadonlyArray<KeyRule.KeyedValue> => [
  ...sections.receivers(config.receivers),
  ...sections.pipelines(config.pipelines),
  ...sections.exporters(config.exporters),
  ...sections.healthChecks(config.healthChecks),
  ...sections.telemetry(config.telemetry),
  ...sections.shutdownTimeoutMillis(config.shutdownTimeoutMillis),
]

type Rules = ReadonlyArray<readonly [path: ConfigPath.ConfigPath, rule: KeyRule.KeyRule]>

/** The component itself, then its keys. */
const componentRules = <A>(
  path: ConfigPath.ConfigPath,
  own: KeyRule.KeyRule,
  keys: KeyRule.KeyRules<A>,
): Rules => [[path, own], ...KeyRule.rulesIn(keys, path)]

/** All keys, with `ID` for the ids of components, and the effect of a change of each. */
export const rules: Rules = [
  ...componentRules('receivers::ID', restart('ID'), receiverKeys),
  ...componentRules('exporters::ID', applies('ID'), exporterKeys),
  ...componentRules('extensions::health_check', restart('ID'), healthCheckKeys),
  ...componentRules(`${PIPELINES}::ID`, newData('ID'), pipelineKeys),
  ...KeyRule.rulesIn(telemetryKeys, TELEMETRY),
  ...KeyRule.rulesIn(shutdownTimeout, SERVICE),
]
