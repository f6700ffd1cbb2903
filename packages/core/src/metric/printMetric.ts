/** Prints metric items as JSON. */
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { MetricHead } from './MetricItem.ts'

// encoding

/** The fields beside the attributes, without braces, with a comma at the end. */
export const printMetric = (head: MetricHead): string => {
  const { timestamp, trace_id, span_id, name, type, value, unit } = head
  const span = span_id === undefined ? '' : `"span_id":"${span_id}",`
  const unitField = unit === undefined ? '' : `"unit":${TypedAttribute.quoted(unit)},`
  return `"timestamp":${timestamp},"trace_id":"${trace_id}",${span}"name":${TypedAttribute.quoted(name)},"type":"${type}","value":${value},${unitField}`
}
