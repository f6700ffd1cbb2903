/**
 * A span as a reader found it, before its attributes are decoded: a record of its other parts, and a list of its attributes
 * whose texts are places in the bytes of the request. Both are used again for the next span, so nothing may keep them.
 */
import type * as Attributes from '../model/Attributes.ts'
import * as Span from '../model/Span.ts'
import * as SpanId from '../model/SpanId.ts'
import * as TraceId from '../model/TraceId.ts'
import type { KeyPlan } from './KeyPlan.ts'

// model

export interface ScannedSpan {
  readonly fields: ScannedFields
  readonly attributes: ScannedAttributes
}

/** The parts of a span without its attributes. */
export type ScannedFields = {
  -readonly [Key in keyof Omit<Span.Span, 'attributes'>]-?: Span.Span[Key]
}

export interface ScannedAttributes {
  count: number
  /** By the number of the attribute. */
  readonly plans: Array<KeyPlan>
  /** Its value; `undefined` for a text that is not decoded. */
  readonly values: Array<Attributes.AttributeValue | undefined>
  /** The first byte of its text, and the byte behind the last one. -1 for a value that was decoded. */
  readonly from: Array<number>
  readonly to: Array<number>
  /** The bytes of the request. */
  source: DataView
  /** Decodes a text. Repairs of it are counted by the reader. */
  decode: (from: number, to: number) => string
}

/** A span with more attributes is not read so. */
export const MAX_ATTRIBUTES = 1_024

// constructors

const NO_BYTES: DataView = /* @__PURE__ */ new DataView(new ArrayBuffer(0))

const noText = (): string => ''

/** Placeholders, until a reader sets them. */
export const noFields = (): ScannedFields => {
  const { attributes: _, ...fields } = Span.make({
    // No valid ids: the reader sets them first.
    traceId: TraceId.ZERO as TraceId.TraceId,
    spanId: SpanId.ZERO as SpanId.SpanId,
    name: '',
    kind: 'UNSPECIFIED',
  })
  return { ...fields, doubles: undefined }
}

export const make = (): ScannedSpan => ({
  fields: noFields(),
  attributes: {
    count: 0,
    plans: [],
    values: [],
    from: [],
    to: [],
    source: NO_BYTES,
    decode: noText,
  },
})

// transformations

/** Frees the request and the last span of it. */
export const release = ({ attributes }: ScannedSpan): void => {
  attributes.count = 0
  attributes.plans.length = 0
  attributes.values.length = 0
  attributes.source = NO_BYTES
  attributes.decode = noText
}

/** The fields of a span that is a record. */
export const setFields = (fields: ScannedFields, span: Span.Span): void => {
  // hot: once for each span
  fields.traceId = span.traceId
  fields.spanId = span.spanId
  fields.parentSpanId = span.parentSpanId
  fields.name = span.name
  fields.kind = span.kind
  fields.startMicros = span.startMicros
  fields.endMicros = span.endMicros
  fields.status = span.status
  fields.doubles = span.doubles
  fields.events = span.events
  fields.links = span.links
  fields.flags = span.flags
  fields.traceState = span.traceState
  fields.droppedAttributes = span.droppedAttributes
  fields.droppedEvents = span.droppedEvents
  fields.droppedLinks = span.droppedLinks
  fields.scope = span.scope
  fields.resource = span.resource
}

/** Adds an attribute whose text is not decoded. */
export const addText = (
  found: ScannedAttributes,
  plan: KeyPlan,
  from: number,
  to: number,
): void => {
  const n = found.count++
  found.plans[n] = plan
  found.values[n] = undefined
  found.from[n] = from
  found.to[n] = to
}

export const addValue = (
  found: ScannedAttributes,
  plan: KeyPlan,
  value: Attributes.AttributeValue,
): void => {
  const n = found.count++
  found.plans[n] = plan
  found.values[n] = value
  found.from[n] = -1
  found.to[n] = -1
}
