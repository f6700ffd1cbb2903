/** The log of a gateway: lines of JSON, or for people. Repeated messages of one kind are limited to one each minute. */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import { type DestinationStream, pino } from 'pino'
import type { OwnLogLevel } from '../config/component/telemetry.ts'
import * as RepeatLimit from './RepeatLimit.ts'

// model

/** Facts beside a message: never secrets, and never contents of requests. */
type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Log {
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
  /** A warning of a kind that may occur often. */
  readonly limited: (kind: string, message: string, fields?: LogFields) => void
  /** Changes the form of later lines, and which ones there are. */
  readonly configure: (settings: LogSettings) => void
}

interface LogSettings {
  readonly level: OwnLogLevel
  readonly encoding: 'console' | 'json'
}

export interface LogWiring extends LogSettings {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Takes whole lines. */
  readonly write: (line: string) => void
}

// constructors

export const make = ({ level, encoding: first, clock, write }: LogWiring): Log => {
  let encoding = first
  const stream: DestinationStream = {
    write: (line) => write(encoding === 'json' ? line : toConsole(line)),
  }
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
  const nowMillis = stopwatch(clock)
  let repeats = RepeatLimit.empty
  return {
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    limited: (kind, message, fields = {}) => {
      const { state, isLogged, suppressed } = RepeatLimit.step(repeats, kind, nowMillis())
      repeats = state
      if (isLogged) logger.warn(suppressed === 0 ? fields : { ...fields, suppressed }, message)
    },
    configure: (settings) => {
      encoding = settings.encoding
      logger.level = settings.level
    },
  }
}

// encoding

/** `2026-01-01T00:00:00.000Z warn  the queue is full {"exporter":"sentry"}`. The line is one that pino printed. */
const toConsole = (line: string): string => {
  // pino prints an object with these fields.
  const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>
  const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
  return `${time} ${String(level).padEnd(5)} ${msg}${rest}\n`
}
