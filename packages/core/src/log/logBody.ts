/** The text of a log record. */
import * as Attributes from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { LogRecord } from '../model/LogRecord.ts'

const EXCEPTION = ['exception.message', 'exception.type']

/**
 * A body that is no text as JSON, bytes as their base64. A record without a body has the name of its event, else the message of its
 * exception, else nothing: the server rejects a record without a text.
 */
export const logBody = ({
  body,
  eventName = '',
  attributes,
}: Pick<LogRecord, 'attributes' | 'body' | 'eventName'>): string => {
  if (typeof body === 'string') return body
  if (body === null) return eventName || (Attributes.firstText(attributes, EXCEPTION) ?? '')
  const json = Json.fromAttribute(body)
  return typeof json === 'string' ? json : JSON.stringify(json)
}
