/** The span of a node with the ids that the node has: they differ from those of its payload if it is a half of a call. */
import type { Json } from '../model/Json.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import type { Node } from './Node.ts'
import { ORIGINAL_PARENT_KEY } from './Payload.ts'

/** `parentSpanId` is the parent that is shown. Another one that the span named is kept in its data. */
export const spanOf = <A>(
  read: (value: A) => SentrySpan,
  node: Node<A>,
  parentSpanId: SpanId | undefined = node.parentSpanId,
): SentrySpan => {
  const span = read(node.value)
  if (node.half?._tag !== 'Separated') return span
  const { span_id: _id, trace_id, parent_span_id: _parent, data, ...others } = span
  const original = node.originalParentSpanId ?? node.parentSpanId
  const ownData: Record<string, Json> = { ...data }
  if (original !== undefined && original !== parentSpanId) ownData[ORIGINAL_PARENT_KEY] = original
  // The ids come first: `FinishedSpan` of the exporter changes them in the printed form.
  return {
    span_id: node.spanId,
    trace_id,
    ...(parentSpanId === undefined ? {} : { parent_span_id: parentSpanId }),
    ...others,
    data: ownData,
  }
}
