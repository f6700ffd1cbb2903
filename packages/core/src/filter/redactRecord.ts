/**
 * Redacts a log record, but for its resource and its scope. The record of an event of AI is a part of a conversation: its text is
 * left out as that of an event of a span. Source: OpenTelemetry, "Semantic conventions for generative AI events".
 */
import * as Attributes from '../model/Attributes.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as Scope from '../model/Scope.ts'
import { AI_NAME } from './aiWords.ts'
import { type Context, type Redactor, WITHOUT_SPAN } from './redact.ts'
import { isAiScope } from './redactSpan.ts'

// model

const OF_AI: Context = { ...WITHOUT_SPAN, isAi: true }

/** The parts of a record that may contain personal data and secrets. */
export interface RedactedRecord extends Pick<LogRecord, 'attributes' | 'body'> {
  readonly eventName: string
  readonly severityText: string
}

const BODY = { key: 'body', redaction: 'keep' } as const

// transformations

export const redactRecord =
  (redact: Redactor) =>
  (record: LogRecord): RedactedRecord => {
    const { attributes, body, eventName = '', scope = Scope.unknown, severityText = '' } = record
    const name = eventName === '' ? (Attributes.text(attributes, 'event.name') ?? '') : eventName
    const isAi = isAiScope(scope) || AI_NAME.test(name)
    return {
      attributes: redact.attributes(attributes, isAi ? OF_AI : WITHOUT_SPAN),
      body: AI_NAME.test(name)
        ? ofAi(redact, name, record)
        : (redact.value(body, BODY, WITHOUT_SPAN) ?? null),
      eventName: eventName === '' ? '' : redact.text(eventName),
      severityText: severityText === '' ? '' : redact.text(severityText),
    }
  }

const ofAi = (
  redact: Redactor,
  name: string,
  { body, timeMicros }: LogRecord,
): LogRecord['body'] => {
  const isMap = Attributes.isMap(body)
  const event = { name, timeMicros, attributes: isMap ? body : { body }, droppedAttributes: 0 }
  const { attributes } = redact.event(event, OF_AI)
  if (!isMap) return attributes['body'] ?? null
  return Object.keys(attributes).length === 0 ? null : attributes
}
