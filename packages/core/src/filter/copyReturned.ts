/** The fast way to read a span that comes back from a hook of the user: nearly all have the form of a span in every part. */
import type { Micros } from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'
import * as SpanKind from '../model/SpanKind.ts'
import type { SpanStatus } from '../model/SpanStatus.ts'
import * as Form from './Form.ts'

// model

/** The forms of the parts that are objects. */
export interface PartForms {
  readonly attributes: Form.Form<Span['attributes']>
  readonly events: Form.Form<Span['events']>
  readonly links: Form.Form<Span['links']>
  readonly resource: Form.Form<Span['resource']>
  readonly scope: Form.Form<Span['scope']>
}

type Given<A> = { readonly [Key in keyof A]?: unknown }

/** Of a span and its status. A value with more is left to the form, which counts them. */
const MAX_FIELDS = 30

const KINDS: ReadonlySet<unknown> = new Set(SpanKind.all)

/** In place of an id. Read by nobody: the caller sets it. */
const NO_ID = null as never

// decoding

/**
 * A copy of the span; `undefined` for a value that is anything else, or that has rare parts. The form of spans reads such a value
 * again, and gives the place of the fault.
 */
export const copyReturned = (
  forms: PartForms,
  value: unknown,
  values: number,
): Span | undefined => {
  // hot: once for each span that a hook returns. The copy runs each getter once.
  if (!Form.isPlainObject(value) || Object.keys(value).length > MAX_FIELDS) return undefined
  const given: Given<Span> = { ...value }
  const { name, kind, startMicros, endMicros, traceState } = given
  const { droppedAttributes, droppedEvents, droppedLinks } = given
  if (
    typeof name !== 'string' ||
    !isKind(kind) ||
    !isMicros(startMicros) ||
    !isMicros(endMicros) ||
    typeof traceState !== 'string' ||
    typeof droppedAttributes !== 'number' ||
    typeof droppedEvents !== 'number' ||
    typeof droppedLinks !== 'number' ||
    given.doubles !== undefined
  ) {
    return undefined
  }
  const reading: Form.FormReading = { mismatch: undefined, values: values - MAX_FIELDS }
  const status = statusOf(given.status)
  const attributes = forms.attributes(given.attributes, '', reading)
  const events = forms.events(given.events, '', reading)
  const links = forms.links(given.links, '', reading)
  const scope = forms.scope(given.scope, '', reading)
  const resource = forms.resource(given.resource, '', reading)
  const isRight = reading.mismatch === undefined && status !== undefined
  // Each form gave a value, since none noted that a part is wrong.
  if (!isRight || !attributes || !events || !links || !scope || !resource) return undefined
  return {
    traceId: NO_ID,
    spanId: NO_ID,
    parentSpanId: undefined,
    name,
    kind,
    startMicros,
    endMicros,
    status,
    attributes,
    doubles: undefined,
    events,
    links,
    flags: undefined,
    traceState,
    droppedAttributes,
    droppedEvents,
    droppedLinks,
    scope,
    resource,
  }
}

const statusOf = (value: unknown): SpanStatus | undefined => {
  if (!Form.isPlainObject(value) || Object.keys(value).length !== 2) return undefined
  const { code, message }: Given<SpanStatus> = { ...value }
  return isCode(code) && typeof message === 'string' ? { code, message } : undefined
}

// guards

const isKind = (value: unknown): value is SpanKind.SpanKind => KINDS.has(value)

const isCode = (value: unknown): value is SpanStatus['code'] =>
  value === 'UNSET' || value === 'OK' || value === 'ERROR' || typeof value === 'number'

/** Any number: times that the server refuses are repaired later. */
const isMicros = (value: unknown): value is Micros => typeof value === 'number'
