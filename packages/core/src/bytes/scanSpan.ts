/** Scans a span that is a record already: its attributes are listed with their plans. */
import type { Span } from '../model/Span.ts'
import type { KeyPlans } from './KeyPlans.ts'
import * as ScannedSpan from './ScannedSpan.ts'

/** False for a span that is not plain data: a program in JavaScript may make any value. */
export const scanSpan = (
  span: Span,
  { plans, scanned }: { readonly plans: KeyPlans; readonly scanned: ScannedSpan.ScannedSpan },
): boolean => {
  const { attributes, fields } = scanned
  attributes.count = 0
  try {
    for (const key in span.attributes) {
      const value = span.attributes[key]
      if (value === undefined) continue
      if (isOdd(value) || attributes.count === ScannedSpan.MAX_ATTRIBUTES) return false
      ScannedSpan.addValue(attributes, plans.ofText(key), value)
    }
    ScannedSpan.setFields(fields, span)
    return true
  } catch {
    return false
  }
}

const isOdd = (value: unknown): boolean => typeof value === 'function' || typeof value === 'symbol'
