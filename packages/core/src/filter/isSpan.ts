/** Whether a value is a span in every part: the fast check of spans that a program gives, of which nothing is copied. */
import type { Attributes, AttributeValue } from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'
import type { Scope } from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import * as SpanId from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'
import * as TraceId from '../model/TraceId.ts'
import * as Form from './Form.ts'

// guards

/**
 * Whether a span is certainly right. A form, which is slower, reads all others. `known` holds the resources and scopes that are
 * right: spans share them.
 */
export const isSpan = (span: Span, known: WeakSet<object>): boolean => {
  try {
    return (
      Form.isPlainObject(span) &&
      hasIds(span) &&
      hasFields(span) &&
      isKnown(span.scope, known, isScope) &&
      isKnown(span.resource, known, isResource)
    )
  } catch {
    // A getter threw, or a part is no object.
    return false
  }
}

const TRACE_ID = /^[0-9a-f]{32}$/
const SPAN_ID = /^[0-9a-f]{16}$/

const hasIds = ({ traceId, spanId, parentSpanId }: Span): boolean =>
  isId(traceId, TRACE_ID, TraceId.ZERO) &&
  isId(spanId, SPAN_ID, SpanId.ZERO) &&
  (parentSpanId === undefined || isId(parentSpanId, SPAN_ID, SpanId.ZERO))

const isId = (value: unknown, digits: RegExp, zero: string): boolean =>
  typeof value === 'string' && digits.test(value) && value !== zero

const KINDS: ReadonlySet<string> = new Set(SpanKind.all)

const hasFields = (span: Span): boolean =>
  typeof span.name === 'string' &&
  KINDS.has(span.kind) &&
  typeof span.startMicros === 'number' &&
  typeof span.endMicros === 'number' &&
  isStatus(span.status) &&
  isAttributes(span.attributes) &&
  areTexts(span.doubles) &&
  isEvents(span.events) &&
  isLinks(span.links) &&
  (span.flags === undefined || isCount(span.flags)) &&
  typeof span.traceState === 'string' &&
  isCount(span.droppedAttributes) &&
  isCount(span.droppedEvents) &&
  isCount(span.droppedLinks)

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const isStatus = ({ code, message }: Span['status']): boolean =>
  (code === 'UNSET' || code === 'OK' || code === 'ERROR') && typeof message === 'string'

const isEvents = (events: Span['events']): boolean => {
  if (!Array.isArray(events)) return false
  for (const event of events) {
    const { name, timeMicros, attributes, droppedAttributes = 0 } = event
    if (typeof name !== 'string' || typeof timeMicros !== 'number') return false
    if (!isCount(droppedAttributes) || !isAttributes(attributes)) return false
  }
  return true
}

const isLinks = (links: Span['links']): boolean => {
  if (!Array.isArray(links)) return false
  for (const { traceId, spanId, traceState, attributes, flags, droppedAttributes } of links) {
    if (!isId(traceId, TRACE_ID, TraceId.ZERO) || !isId(spanId, SPAN_ID, SpanId.ZERO)) return false
    if (typeof traceState !== 'string' || !isAttributes(attributes)) return false
    if ((flags !== undefined && !isCount(flags)) || !isCount(droppedAttributes)) return false
  }
  return true
}

const areTexts = (values: ReadonlyArray<string> | undefined): boolean =>
  values === undefined || (Array.isArray(values) && values.every((one) => typeof one === 'string'))

/** The form refuses deeper values. */
const MAX_LEVELS = 32

const isAttributes = (attributes: Attributes, level: number = 0): boolean => {
  if (!Form.isPlainObject(attributes)) return false
  for (const key in attributes) if (!isValue(attributes[key], level)) return false
  return true
}

const isValue = (value: AttributeValue | undefined, level: number): boolean => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return true
    case 'object':
      if (value === null || value instanceof Uint8Array) return true
      if (level >= MAX_LEVELS) return false
      return isList(value)
        ? value.every((one) => isValue(one, level + 1))
        : isAttributes(value, level + 1)
    default:
      return false
  }
}

/** `Array.isArray` does not distinguish a read-only list from a record. */
const isList = (value: AttributeValue): value is ReadonlyArray<AttributeValue> =>
  Array.isArray(value)

const isKnown = <A extends object>(
  value: A,
  known: WeakSet<object>,
  is: (value: A) => boolean,
): boolean => {
  if (known.has(value)) return true
  if (!is(value)) return false
  known.add(value)
  return true
}

const isScope = ({ name, version, attributes }: Scope): boolean =>
  typeof name === 'string' && typeof version === 'string' && isAttributes(attributes)

const isResource = ({ attributes, doubles, service }: Resource): boolean =>
  isAttributes(attributes) &&
  areTexts(doubles) &&
  Form.isPlainObject(service) &&
  isTextOrAbsent(service.name) &&
  isTextOrAbsent(service.namespace) &&
  isTextOrAbsent(service.instance)

const isTextOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'string'
