/**
 * The levels of Sentry's logs. Sources: `OurLogLevel` in `relay-event-schema/src/protocol/ourlog/mod.rs` of getsentry/relay;
 * OpenTelemetry, "Logs data model", for the numbers of severities.
 *
 * @example
 * ```ts
 * import { LogLevel } from '@sentry-exporter/core'
 *
 * console.log(LogLevel.ofSeverity(9), LogLevel.ofSeverity(18), LogLevel.ofSeverity(0)) // info error info
 * ```
 */

// model

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** In the order of the severities. */
export const levels: ReadonlyArray<LogLevel> = /* @__PURE__ */ Object.freeze<
  ReadonlyArray<LogLevel>
>(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])

/** Each level has so many numbers of severity, from 1 on. */
const NUMBERS_OF_LEVEL = 4

// constructors

/** The level of a severity from 1 to 24; `info` for any other number, as Sentry's own receiver of OTLP decides. */
export const ofSeverity = (severity: number): LogLevel =>
  levels[Math.floor((severity - 1) / NUMBERS_OF_LEVEL)] ?? 'info'

// folds

/** Whether a severity is the first one of its level: the level alone states it. */
export const isFirstOfLevel = (severity: number): boolean =>
  severity <= levels.length * NUMBERS_OF_LEVEL && (severity - 1) % NUMBERS_OF_LEVEL === 0
