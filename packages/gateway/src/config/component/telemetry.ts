/** The block `service::telemetry`: the logs and the metrics of this program. Source: `service/telemetry` of the Collector. */

import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith, optional, withDefault } from '../codec/Codec.ts'
import { list, struct, withoutEffect } from '../codec/collections.ts'
import { filled, oneOf, whole } from '../codec/scalars.ts'
import type { Endpoint } from '../ReceiverConfig.ts'
import { endpointText, parseEndpoint } from './endpoint.ts'

// model

export type OwnLogLevel = 'debug' | 'info' | 'warn' | 'error' | 'fatal'

export interface TelemetryConfig {
  readonly logLevel: OwnLogLevel
  readonly logEncoding: 'console' | 'json'
  /** Where `/metrics` is; undefined for no metrics. */
  readonly metricsEndpoint: Endpoint | undefined
}

// decoding

const DEFAULT_METRICS: Endpoint = { _tag: 'Tcp', host: '127.0.0.1', port: 8888 }

const levelName = oneOf('debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal')

const level: Codec<OwnLogLevel> = mapWith(levelName, (name) =>
  name === 'dpanic' || name === 'panic' ? 'fatal' : name,
)

const OWN_LOGS = 'the logs go to stderr in the form of this program'

const logs = struct({
  level: withDefault(level, 'info'),
  encoding: withDefault(oneOf('console', 'json'), 'console'),
  development: withoutEffect('none', ''),
  disable_caller: withoutEffect('none', ''),
  disable_stacktrace: withoutEffect('none', ''),
  sampling: withoutEffect('note', 'repeated messages are limited'),
  output_paths: withoutEffect('warning', OWN_LOGS),
  error_output_paths: withoutEffect('warning', OWN_LOGS),
  initial_fields: withoutEffect('warning', OWN_LOGS),
  processors: withoutEffect('warning', 'the logs of this program are not exported'),
})

const prometheus: Codec<Endpoint> = mapWith(
  struct({
    host: withDefault(filled('a host'), '127.0.0.1'),
    port: withDefault(whole({ min: 0, max: 65_535 }), 8888),
    without_scope_info: withoutEffect('none', ''),
    without_type_suffix: withoutEffect('none', ''),
    without_units: withoutEffect('none', ''),
    with_resource_constant_labels: withoutEffect('none', ''),
    translation_strategy: withoutEffect('none', ''),
  }),
  ({ host, port }) => ({ _tag: 'Tcp', host, port }),
)

const NOT_PUSHED = 'metrics are not pushed; a Prometheus server reads them'

const reader = struct({
  pull: optional(struct({ exporter: struct({ prometheus: optional(prometheus) }) })),
  periodic: withoutEffect('warning', NOT_PUSHED),
})

const metrics: Codec<Endpoint | undefined> = mapWith(
  checked(
    struct({
      level: withDefault(oneOf('none', 'basic', 'normal', 'detailed'), 'normal'),
      readers: withDefault(list(reader, 'a list of readers'), []),
      /** The Collector had this key before version 0.123. */
      address: optional(endpointText),
      views: withoutEffect('warning', 'the names of the metrics are fixed'),
    }),
    ({ address, readers }, at) =>
      address !== undefined && readers.length > 0
        ? [
            ConfigProblem.error(at, {
              _tag: 'Conflict',
              message: 'address and readers exclude each other',
            }),
          ]
        : [],
  ),
  (fields) => {
    if (fields.level === 'none') return undefined
    const [pulled] = fields.readers.flatMap(({ pull }) => pull?.exporter.prometheus ?? [])
    return (
      pulled ??
      (fields.address === undefined ? undefined : parseEndpoint(fields.address)) ??
      DEFAULT_METRICS
    )
  },
)

export const telemetry: Codec<TelemetryConfig> = mapWith(
  struct({
    logs,
    metrics,
    traces: withoutEffect('warning', 'this program records no traces of itself'),
    resource: withoutEffect('note', 'the metrics have no resource'),
  }),
  (fields) => ({
    logLevel: fields.logs.level,
    logEncoding: fields.logs.encoding,
    metricsEndpoint: fields.metrics,
  }),
)
