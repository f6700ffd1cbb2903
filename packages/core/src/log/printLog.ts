/** Prints log items as JSON. */
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { LogHead } from './LogItem.ts'

// encoding

/** The fields beside the attributes, without braces, with a comma at the end. */
export const printLog = ({ timestamp, trace_id, span_id, level, body }: LogHead): string => {
  const span = span_id === undefined ? '' : `"span_id":"${span_id}",`
  return `"timestamp":${timestamp},"trace_id":"${trace_id}",${span}"level":"${level}","body":${TypedAttribute.quoted(body)},`
}
