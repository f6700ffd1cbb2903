/** Scans a span that is a record already: its attributes are listed with their plans. */
import type { Span } from '../model/Span.ts'
import * as SpanId from '../model/SpanId.ts'
import * as TraceId from '../model/TraceId.ts'
import type { KeyPlans } from './KeyPlans.ts'
import * as ScannedSpan from './ScannedSpan.ts'

/** False for a span that is not as a decoder makes it: a program in JavaScript may make any value. May throw for one. */
export const scanSpan = (
  span: Span,
  { plans, scanned }: { readonly plans: KeyPlans; readonly scanned: ScannedSpan.ScannedSpan },
): boolean => {
  const { attributes, fields } = scanned
  if (!hasValidIds(span)) return false
  attributes.count = 0
  for (const key in span.attributes) {
    const value = span.attributes[key]
    if (value === undefined) continue
    if (isOdd(value) || attributes.count === ScannedSpan.MAX_ATTRIBUTES) return false
    ScannedSpan.addValue(attributes, plans.nextOfText(key), value)
  }
  ScannedSpan.setFields(fields, span)
  return true
}

/** Ids are printed without escapes. */
const hasValidIds = ({ traceId, spanId, parentSpanId }: Span): boolean =>
  TraceId.parse(traceId) === traceId &&
  SpanId.parse(spanId) === spanId &&
  (parentSpanId === undefined || SpanId.parse(parentSpanId) === parentSpanId)

const isOdd = (value: unknown): boolean => typeof value === 'function' || typeof value === 'symbol'
