/** The metrics of the configuration in use, and of the attempts to replace it. */
import { Counter, Gauge, type Registry } from 'prom-client'

// model

/**
 * `invalid`: the configuration has errors. `restart`: a change needs a restart. `failed`: a part of it could not be started. In all
 * three cases the former configuration stays.
 */
export type ReloadOutcome = 'applied' | 'invalid' | 'restart' | 'failed'

export interface ReloadMetrics {
  readonly onReload: (outcome: ReloadOutcome) => void
  /** A configuration came into use. */
  readonly onConfig: (config: ConfigInUse) => void
}

interface ConfigInUse {
  readonly hash: string
  /** Milliseconds since 1970. */
  readonly sinceMillis: number
}

const OUTCOMES: ReadonlyArray<ReloadOutcome> = ['applied', 'invalid', 'restart', 'failed']

const MILLIS_PER_SECOND = 1_000

// constructors

export const make = (prefix: string, registry: Registry): ReloadMetrics => {
  const registers = [registry]
  const reloads = new Counter({
    name: `${prefix}config_reloads_total`,
    help: 'Attempts to reload the configuration, by their result.',
    labelNames: ['result'],
    registers,
  })
  // A rate needs the samples before the first attempt.
  for (const result of OUTCOMES) reloads.inc({ result }, 0)
  const isLastApplied = new Gauge({
    name: `${prefix}config_last_reload_successful`,
    help: '1 if the last attempt to load the configuration succeeded.',
    registers,
  })
  const since = new Gauge({
    name: `${prefix}config_last_reload_success_timestamp_seconds`,
    help: 'When the configuration in use was loaded, in seconds since 1970.',
    registers,
  })
  const info = new Gauge({
    name: `${prefix}config_info`,
    help: 'The hash of the configuration in use, without its secrets.',
    labelNames: ['hash'],
    registers,
  })
  return {
    onReload: (outcome) => {
      reloads.inc({ result: outcome })
      isLastApplied.set(Number(outcome === 'applied'))
    },
    onConfig: ({ hash, sinceMillis }) => {
      since.set(sinceMillis / MILLIS_PER_SECOND)
      isLastApplied.set(1)
      info.reset()
      info.set({ hash }, 1)
    },
  }
}
