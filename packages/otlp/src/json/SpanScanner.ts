/**
 * Scans one span of a request in JSON: reads its parts, and lists its attributes without making a record of them. For a span with
 * a part that cannot be read it gives up, and `SpanDecoder` reads the span. Both use the same readers of parts.
 */
import { type KeyPlans, ScannedSpan, type ScannedStep } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as LinkDecoder from './LinkDecoder.ts'
import * as Scalar from './Scalar.ts'
import * as SpanDecoder from './SpanDecoder.ts'

// model

export interface JsonSpanScanner {
  readonly plans: KeyPlans.KeyPlans
  readonly scanned: ScannedSpan.ScannedSpan
}

// decoding

/**
 * A decoder that describes each span at once. It gives `true` for a span, and `undefined`, with the failure in the cursor, for one
 * that cannot be read.
 */
export const reading = (
  scanner: JsonSpanScanner,
  step: Pick<ScannedStep<unknown>, 'add' | 'addWhole'>,
): ((
  cursor: Cursor.Cursor,
  value: unknown,
  resource: Resource,
  scope: Scope,
) => true | undefined) => {
  const decode = SpanDecoder.decoding(scanner.scanned.fields)
  return (cursor, value, resource, scope) => {
    const before = Cursor.mark(cursor)
    scanner.plans.begin()
    if (scan(scanner, cursor, value)) {
      const { fields } = scanner.scanned
      fields.resource = resource
      fields.scope = scope
      if (step.add()) return true
    }
    Cursor.reset(cursor, before)
    const span = decode(cursor, value, resource, scope)
    if (span === undefined) return undefined
    step.addWhole(span)
    return true
  }
}

/** False to give up. */
const scan = (scanner: JsonSpanScanner, cursor: Cursor.Cursor, value: unknown): boolean => {
  if (!Scalar.isFields(value)) return false
  const { parts } = cursor
  const { fields } = scanner.scanned
  if (!SpanDecoder.readIds(cursor, value, fields)) return false
  if (!scanAttributes(scanner, cursor, value['attributes'])) return false
  const { links, withoutIds } = LinkDecoder.decodeAll(cursor, value['links'])
  if (withoutIds.length > 0) return false
  fields.links = links
  SpanDecoder.readParts(cursor, value, fields)
  return cursor.parts === parts
}

/** As `AnyValue.attributes` reads them. */
const scanAttributes = (
  { plans, scanned: { attributes, fields } }: JsonSpanScanner,
  cursor: Cursor.Cursor,
  value: unknown,
): boolean => {
  attributes.count = 0
  fields.doubles = undefined
  if (Scalar.isAbsent(value)) return true
  if (!Array.isArray(value) || value.length > ScannedSpan.MAX_ATTRIBUTES) return false
  const pairs: ReadonlyArray<unknown> = value
  for (const pair of pairs) {
    if (!Scalar.isFields(pair)) return false
    const key = pair['key']
    if (typeof key !== 'string') return false
    cursor.isWhole = false
    const found = AnyValue.anyValue(cursor, pair['value'], 0)
    if (found === undefined) return false
    if (cursor.isWhole && typeof found === 'number') {
      fields.doubles = [...(fields.doubles ?? []), key]
    }
    ScannedSpan.addValue(attributes, plans.nextOfText(key), found)
  }
  cursor.isWhole = false
  return true
}
