/**
 * Decodes one log record of a request. A part that cannot be read is left out. Source:
 * `opentelemetry/proto/logs/v1/logs.proto`.
 */
import * as LogRecord from '@sentry-exporter/core/LogRecord'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Identifier from './Identifier.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** A record, or `undefined` with the failure in the cursor. Paths start at the record. */
export const decode = (
  cursor: Cursor.Cursor,
  value: unknown,
  resource: Resource,
  scope: Scope,
): LogRecord.LogRecord | undefined => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '', 'a log record', value)
    return undefined
  }
  const rawTime = value['timeUnixNano'] ?? value['time_unix_nano']
  const rawObserved = value['observedTimeUnixNano'] ?? value['observed_time_unix_nano']
  const time = Scalar.time(cursor, rawTime, '.timeUnixNano')
  const observed = Scalar.time(cursor, rawObserved, '.observedTimeUnixNano')
  const observedNanos = Scalar.nanosAfter(rawObserved)
  const traceId = Identifier.optionalTraceId(cursor, value['traceId'] ?? value['trace_id'])
  const spanId = Identifier.optionalSpanId(cursor, value['spanId'] ?? value['span_id'])
  const rawText = value['severityText'] ?? value['severity_text']
  const severityText = Scalar.text(cursor, rawText, '.severityText')
  const body = AnyValue.value(cursor, value['body'], '.body')
  const attributes = AnyValue.attributes(cursor, value['attributes'], '.attributes')
  return {
    traceId,
    spanId,
    timeMicros: time > 0 ? time : observed,
    timeNanos: time > 0 ? Scalar.nanosAfter(rawTime) : observedNanos,
    observedMicros: observed,
    observedNanos,
    severity:
      severity(cursor, value['severityNumber'] ?? value['severity_number']) ||
      LogRecord.severityOfText(severityText),
    severityText,
    eventName: Scalar.text(cursor, value['eventName'] ?? value['event_name'], '.eventName'),
    body,
    attributes,
    doubles: cursor.doubles,
    droppedAttributes: Scalar.droppedAttributes(cursor, value),
    flags: Scalar.uint32(cursor, value['flags'], '.flags') ?? 0,
    resource,
    scope,
  }
}

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** `UNSPECIFIED`, `TRACE`, `TRACE2`, ... by their numbers. */
const SEVERITIES: ReadonlyArray<string> = [
  'UNSPECIFIED',
  ...LEVELS.flatMap((level) => [level, `${level}2`, `${level}3`, `${level}4`]),
]

/** A number, or a name such as `SEVERITY_NUMBER_ERROR2`. */
const severity = (cursor: Cursor.Cursor, value: unknown): number => {
  if (Scalar.isAbsent(value)) return 0
  const number = Scalar.enumNumber(value, 'SEVERITY_NUMBER_', SEVERITIES)
  if (number !== undefined && number >= 0 && number < 2 ** 32) return number
  Cursor.skip(cursor, '.severityNumber', 'an unsigned 32-bit integer', value)
  return 0
}
