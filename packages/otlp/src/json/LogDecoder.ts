/** Decodes one log record of a request. Source: `opentelemetry/proto/logs/v1/logs.proto`. */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import type { Resource } from '@sentry-exporter/core/Resource'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** A record, or `undefined` with the failure in the cursor. The path of the failure starts at the record. */
export const decode = (
  cursor: Cursor.Cursor,
  value: unknown,
  resource: Resource,
): LogRecord | undefined => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '', 'a log record', value)
    return undefined
  }
  const time = Scalar.time(cursor, value['timeUnixNano'], '.timeUnixNano')
  const observed = Scalar.time(cursor, value['observedTimeUnixNano'], '.observedTimeUnixNano')
  const record: LogRecord = {
    traceId: isAbsentId(value['traceId'])
      ? undefined
      : Scalar.traceId(cursor, value['traceId'], '.traceId'),
    spanId: isAbsentId(value['spanId'])
      ? undefined
      : Scalar.spanId(cursor, value['spanId'], '.spanId'),
    timeMicros: time > 0 ? time : observed,
    severity: severity(cursor, value['severityNumber']) || severityOfText(value['severityText']),
    body: AnyValue.value(cursor, value['body'], '.body'),
    attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
    resource,
  }
  return cursor.failure === undefined ? record : undefined
}

/** A record outside of any trace has no id, an empty one, or only zeros. */
const isAbsentId = (id: unknown): boolean =>
  Scalar.isAbsent(id) || (typeof id === 'string' && /^0*$/.test(id))

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

const SEVERITY = /^SEVERITY_NUMBER_(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)([2-4])?$/

/** A number, or a name such as `SEVERITY_NUMBER_ERROR2`. */
const severity = (cursor: Cursor.Cursor, value: unknown): number => {
  const named = typeof value === 'string' ? SEVERITY.exec(value) : null
  if (named === null) return Scalar.uint32(cursor, value, '.severityNumber') ?? 0
  const level = LEVELS.indexOf(named[1] ?? '')
  return level * 4 + Number(named[2] ?? 1)
}

/** The words of loggers, by the first number of their level. */
const WORDS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(?:fatal|crit|panic|dpanic|alert|emerg|terminal|off$)/, 21],
  [/^(?:err|sever|fail|exception)/, 17],
  [/^warn/, 13],
  [/^(?:info|notice|log$)/, 9],
  [/^(?:debug|fine$|config$)/, 5],
  [/^(?:trace|verbose|fine[rs])/, 1],
]

/** Loggers without numbers send a word, in any case: `Error`, `[CRITICAL]`, `SEVERITY_NUMBER_FATAL`. */
const severityOfText = (value: unknown): number => {
  if (typeof value !== 'string') return 0
  const word = value
    .slice(0, 64)
    .toLowerCase()
    .replace(/^severity_number_|[^a-z]/g, '')
  return WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? 0
}
