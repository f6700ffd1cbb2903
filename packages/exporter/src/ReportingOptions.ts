/** The options of `Config` for reports about sent and lost data. */
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import type { Outcome } from './Outcome.ts'

// model

export interface ReportingConfig {
  readonly onOutcome: OnOutcome | undefined
  /** `undefined`: no warnings. */
  readonly warn: Warn | undefined
}

type OnOutcome = (outcome: Outcome) => void

type Warn = (message: string) => void

/** The options as users write them. */
export interface ReportingInput {
  /**
   * Called with what was sent or lost, as it happens, also by timers. The outcomes of all calls add up to `outcome()`, but for
   * `waiting` and `sending`, which are those of the moment.
   */
  readonly onOutcome?: OnOutcome | undefined
  /**
   * Receives warnings about lost data, at most one a minute; `false` for none. Default: `process.emitWarning` where it exists, as
   * in Node; else none.
   */
  readonly warn?: Warn | false | undefined
}

// decoding

export const decode = (get: ConfigOption.Get): ReportingConfig => {
  const warn = get(options.warn) ?? emitWarning
  return { onOutcome: get(options.onOutcome), warn: warn === false ? undefined : warn }
}

/** Node's warnings go to stderr, and to listeners of the process. */
const emitWarning: Warn = (message) => {
  const process: unknown = Reflect.get(globalThis, 'process')
  if (typeof process !== 'object' || process === null || !('emitWarning' in process)) return
  if (typeof process.emitWarning === 'function') {
    process.emitWarning(message, 'SentryExporterWarning')
  }
}

const warning: ConfigOption.ValueGuard<Warn | false> = {
  is: (value): value is Warn | false => value === false || typeof value === 'function',
}

const options = ConfigOption.named({
  onOutcome: ConfigOption.callback<OnOutcome>(),
  warn: { guard: warning, expected: 'a function, or false' },
})

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)
