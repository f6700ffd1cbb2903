/** Prints log items as JSON. */
import * as ItemText from '../item/ItemText.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { LogHead } from './LogItem.ts'

// encoding

/** An item whose attributes are the shared ones and those of its own, which have no key in common. */
export const printLog = (
  { timestamp, trace_id, span_id, level, body }: LogHead,
  own: string,
  shared?: ItemText.SharedText,
): ItemText.ItemText => {
  const span = span_id === undefined ? '' : `"span_id":"${span_id}",`
  return ItemText.of(
    `"timestamp":${timestamp},"trace_id":"${trace_id}",${span}"level":"${level}","body":${TypedAttribute.quoted(body)},`,
    own,
    shared,
  )
}
