/** The block `service`: pipelines, extensions, telemetry, and two keys of this project. */
import { type Codec, mapWith, withDefault } from '../codec/Codec.ts'
import { list, record, struct } from '../codec/collections.ts'
import { duration } from '../codec/scalars.ts'
import * as ComponentId from './ComponentId.ts'
import { type TelemetryConfig, telemetry } from './telemetry.ts'

// model

export interface ServiceSettings {
  readonly telemetry: TelemetryConfig
  readonly shutdownTimeoutMillis: number
}

// decoding

/** Below the 30 seconds that Kubernetes waits before it kills. */
const DEFAULT_SHUTDOWN_MILLIS = 25_000

const references: Codec<ReadonlyArray<string>> = list(ComponentId.codec, 'a list of ids')

const IN_PIPELINES = 'it belongs into pipelines, or into telemetry'

/** `Wiring` reads the references, also those of a configuration with other errors. */
export const service: Codec<ServiceSettings> = mapWith(
  struct(
    {
      extensions: withDefault(references, []),
      pipelines: record(
        struct({
          receivers: references,
          processors: withDefault(references, []),
          exporters: references,
        }),
        'a map of pipelines',
      ),
      telemetry,
      shutdown_timeout: withDefault(duration(), DEFAULT_SHUTDOWN_MILLIS),
      ignore_components: withDefault(references, []),
    },
    { traces: IN_PIPELINES, logs: IN_PIPELINES, metrics: IN_PIPELINES },
  ),
  (fields) => ({
    telemetry: fields.telemetry,
    shutdownTimeoutMillis: fields.shutdown_timeout,
  }),
)
