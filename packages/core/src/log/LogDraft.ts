/** A log record as Sentry's log item, in two parts. */
import { redactor } from '../filter/redact.ts'
import { type RedactedRecord, redactRecord } from '../filter/redactRecord.ts'
import * as Sensitive from '../filter/Sensitive.ts'
import { byteLength } from '../internal/text/byteLength.ts'
import { fitAttributes } from '../item/fitAttributes.ts'
import type { ItemDraft } from '../item/itemPrinter.ts'
import { itemTraceId } from '../item/itemTraceId.ts'
import { SEQUENCE_KEY } from '../item/keptAttributes.ts'
import * as SharedAttributes from '../item/SharedAttributes.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Json from '../model/Json.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as Micros from '../model/Micros.ts'
import * as Scope from '../model/Scope.ts'
import * as Repairs from '../size/Repairs.ts'
import { cutText } from '../size/shrink.ts'
import type { LogHead } from './LogItem.ts'
import * as LogLevel from './LogLevel.ts'
import { logBody } from './logBody.ts'
import { logFacts } from './logFacts.ts'

// model

export type LogDraft = ItemDraft<LogHead>

/** The server rejects an item above 1 MiB (Relay 26.9: 2 MiB), of its JSON or of its content. */
const MAX_ITEM_BYTES = 1_000_000

const MAX_OWN_BYTES = 256 * 1024

/** Of the attributes of an item. */
export const MAX_ATTRIBUTE_BYTES: number = MAX_OWN_BYTES + SharedAttributes.MAX_BYTES

// constructors

/**
 * The draft of a record. `nowMicros` is its time if it has none. Text of the record is redacted by the table of attribute keys, as that of
 * spans.
 */
export const of = (
  mapping: Mapping,
  privacy: Sensitive.Privacy = Sensitive.defaults,
  repairs: Pick<Repairs.Repairs, 'field'> = Repairs.start(),
): ((record: LogRecord, nowMicros: Micros.Micros) => LogDraft) => {
  const redact = redactor(privacy)
  const redactOwn = redactRecord(redact)
  const sharedOf = SharedAttributes.byOwner({ mapping, redact, repairs }, logFacts)
  return (record, nowMicros) => {
    // hot: once for each record. No copy of it is made.
    const redacted = redactOwn(record)
    const shared = sharedOf(record.resource, record.scope ?? Scope.unknown)
    const own = fitAttributes(ownAttributes(record, redacted), MAX_OWN_BYTES)
    const text = logBody(redacted)
    const body = fitBody(text, shared.size + own.size)
    return {
      head: headOf(record, record.timeMicros > 0 ? record.timeMicros : nowMicros, body),
      own: own.attributes,
      shared,
      bytes: Math.max(1, byteLength(body) + shared.bytes + own.bytes),
      isTrimmed: own.isTrimmed || shared.isTrimmed || body !== text,
    }
  }
}

const headOf = (
  { resource, severity, spanId, traceId }: LogRecord,
  timeMicros: Micros.Micros,
  body: string,
): LogHead => ({
  timestamp: Micros.toSeconds(timeMicros),
  trace_id: traceId ?? itemTraceId('logs', resource.service, timeMicros),
  // A span belongs to a trace.
  span_id: traceId === undefined ? undefined : spanId,
  level: LogLevel.ofSeverity(severity),
  body,
})

type Own = Record<string, TypedAttribute.TypedAttribute>

const ownAttributes = (
  record: LogRecord,
  redacted: RedactedRecord,
): TypedAttribute.ItemAttributes => {
  const { attributes } = redacted
  const { doubles } = record
  const own: Own = {}
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined) continue
    Json.set(own, key, TypedAttribute.of(value, doubles?.includes(key)))
  }
  addFacts(own, record, redacted)
  return own
}

/** The facts of a record that have no field of their own. */
const addFacts = (
  own: Own,
  record: LogRecord,
  { eventName, severityText }: RedactedRecord,
): void => {
  const { droppedAttributes = 0, flags = 0, severity } = record
  const { observedMicros = Micros.zero, observedNanos = 0, timeNanos = 0 } = record
  // The server adds them to the time, whose field has microseconds (`relay-server/src/processing/logs/store.rs` of getsentry/relay).
  if (timeNanos > 0) own[SEQUENCE_KEY] = { value: timeNanos, type: 'integer' }
  else if (own[SEQUENCE_KEY] !== undefined) delete own[SEQUENCE_KEY]
  if (observedMicros > 0) {
    const nanos = Micros.toNanos(observedMicros, observedNanos)
    own['sentry.observed_timestamp_nanos'] = TypedAttribute.text(nanos)
  }
  if (eventName !== '') own['event.name'] = TypedAttribute.text(eventName)
  if (severityText !== '' && severityText.toLowerCase() !== LogLevel.ofSeverity(severity)) {
    own['otel.severity_text'] = TypedAttribute.text(severityText)
  }
  if (severity > 0 && !LogLevel.isFirstOfLevel(severity)) {
    own['otel.severity_number'] = { value: severity, type: 'integer' }
  }
  // Nearly all records have the flag of a sampled trace.
  if (flags > 1) own['otel.flags'] = { value: flags, type: 'integer' }
  if (droppedAttributes > 0) {
    own['otel.dropped_attributes_count'] = { value: droppedAttributes, type: 'integer' }
  }
}

// folds

/** A character takes at most six bytes in JSON. */
const MAX_CHARACTER_BYTES = 6

/** A body that fits into an item whose attributes have this size. */
export const fitBody = (body: string, attributesSize: number): string => {
  const maxBytes = MAX_ITEM_BYTES - attributesSize
  if (body.length * MAX_CHARACTER_BYTES <= maxBytes) return body
  const surplus = byteLength(JSON.stringify(body)) - maxBytes
  return surplus <= 0 ? body : (cutText(body, surplus) ?? '')
}
