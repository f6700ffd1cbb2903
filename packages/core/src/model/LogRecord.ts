/**
 * An OpenTelemetry log record, independent of any wire format.
 * Source: OpenTelemetry, "Logs data model"; for words Appendix B, and the levels of log4j, java.util.logging, syslog, zap, glog, Serilog.
 *
 * @example
 * ```ts
 * import { LogRecord } from '@sentry-exporter/core'
 *
 * console.log(LogRecord.severityOfText('Error'), LogRecord.severityOfText('[CRITICAL]')) // 17 21
 * ```
 */
import type { Attributes, AttributeValue } from './Attributes.ts'
import type { Micros } from './Micros.ts'
import type { Resource } from './Resource.ts'
import type { Scope } from './Scope.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface LogRecord {
  /** `undefined` outside of any trace. */
  readonly traceId: TraceId | undefined
  readonly spanId: SpanId | undefined
  /** When the event happened or, if that is not known, when it was observed; zero if neither is known. */
  readonly timeMicros: Micros
  /** Nanoseconds after `timeMicros`, from 0 to 999; 0 if left out. */
  readonly timeNanos?: number | undefined
  /** When it was observed; zero or left out if that is not known. */
  readonly observedMicros?: Micros | undefined
  /** Nanoseconds after `observedMicros`, from 0 to 999; 0 if left out. */
  readonly observedNanos?: number | undefined
  /** From 1 to 24, four numbers for each of trace, debug, info, warn, error and fatal; 0 if it is not known. */
  readonly severity: number
  /** The word of the logger for the severity; empty or left out if there is none. */
  readonly severityText?: string | undefined
  /** The kind of event; empty or left out for a record that is no event. */
  readonly eventName?: string | undefined
  readonly body: AttributeValue
  readonly attributes: Attributes
  /** Keys of attributes that were sent as doubles and are whole numbers, as for `Resource.doubles`. */
  readonly doubles?: ReadonlyArray<string> | undefined
  /** Attributes that the SDK left out; 0 if left out. */
  readonly droppedAttributes?: number | undefined
  /** The flags of its trace (W3C Trace Context): the lowest bit states that the trace is sampled. 0 if left out. */
  readonly flags?: number | undefined
  readonly resource: Resource
  /** The logger; `Scope.unknown` if left out. */
  readonly scope?: Scope | undefined
}

// decoding

/** The beginnings of the words of loggers, and whole words of one letter, by the first number of their level. */
const WORDS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(?:fatal|crit|panic|dpanic|alert|emerg|terminal|off$|[fc]$)/, 21],
  [/^(?:err|sever|fail|exception|e$)/, 17],
  [/^(?:warn|w$)/, 13],
  [/^(?:info|notice|log$|[in]$)/, 9],
  [/^(?:debug|fine$|config$|d$)/, 5],
  [/^(?:trace|verbose|fine[rs]|[tv]$)/, 1],
]

/** In characters. */
const MAX_WORD = 64

/** The severity of a record whose logger sent a word and no number: `Error`, `[CRITICAL]`, `E`, `SEVERITY_NUMBER_FATAL`, in any case; 0 for a text without such a word, and for no text. */
export const severityOfText = (value: unknown): number => {
  if (typeof value !== 'string') return 0
  const word = value
    .slice(0, MAX_WORD)
    .toLowerCase()
    .replace(/^severity_number_|[^a-z]/g, '')
  return WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? 0
}
