/** Prints log items as JSON. */
import type { LogHead } from './LogItem.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// encoding

/** The fields of a JSON object, without braces. */
export const printAttributes = (attributes: TypedAttribute.LogAttributes): string => {
  let text = ''
  for (const key in attributes) {
    const attribute = attributes[key]
    if (attribute === undefined) continue
    if (text !== '') text += ','
    text += `${JSON.stringify(key)}:${TypedAttribute.print(attribute)}`
  }
  return text
}

/** An item. Its attributes are those of all parts, which have no key in common. */
export const printLog = (head: LogHead, ...attributes: ReadonlyArray<string>): string => {
  const { timestamp, trace_id, span_id, level, body } = head
  const span = span_id === undefined ? '' : `"span_id":"${span_id}",`
  const all = attributes.filter((part) => part !== '').join(',')
  return `{"timestamp":${timestamp},"trace_id":"${trace_id}",${span}"level":"${level}","body":${JSON.stringify(body)},"attributes":{${all}}}`
}
