/**
 * Spans on their way to a hook of the user and back. A hook gets a copy of its own, in which it may write; the resource and the
 * scope, which many spans share, are frozen copies. The span that comes back is copied again while its form is checked.
 */

import type { Attributes, AttributeValue } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import type { Scope } from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import type * as Form from './Form.ts'
import { resourceForm, scopeForm, spanForm } from './spanForm.ts'

// model

export interface SpanHandover {
  /** The copy that the hook gets. */
  readonly give: (span: Span) => Span
  /** The form of the span that it returns. */
  readonly form: Form.Form<Span>
}

// constructors

/** Deeper values are replaced later, as those of all spans. */
const MAX_LEVELS = 33

/** For the spans of one pipeline: it remembers the copies of resources and scopes. */
export const handover = (): SpanHandover => {
  const resources = shared<Resource>(
    (resource) => ({
      attributes: copyAttributes(resource.attributes, 0),
      ...(resource.doubles === undefined ? {} : { doubles: [...resource.doubles] }),
      service: { ...resource.service },
    }),
    resourceForm,
  )
  const scopes = shared<Scope>(
    ({ name, version, attributes }) => ({
      name,
      version,
      attributes: copyAttributes(attributes, 0),
    }),
    scopeForm,
  )
  return {
    give: (span) => copySpan(span, resources.give(span.resource), scopes.give(span.scope)),
    form: spanForm(resources.form, scopes.form),
  }
}

interface Shared<A> {
  readonly give: (value: A) => A
  readonly form: Form.Form<A>
}

/** Values that many spans share. One that comes back unchanged is the original, by which other values are remembered. */
const shared = <A extends object>(copy: (value: A) => A, form: Form.Form<A>): Shared<A> => {
  const given = new WeakMap<A, A>()
  const taken = new WeakMap<object, A>()
  return {
    give: (value) => {
      const known = given.get(value)
      if (known !== undefined) return known
      const frozen = deepFreeze(copy(value))
      given.set(value, frozen)
      taken.set(frozen, value)
      return frozen
    },
    form: (value, path, reading) => {
      const known = typeof value === 'object' && value !== null ? taken.get(value) : undefined
      if (known !== undefined) return known
      const read = form(value, path, reading)
      // A hook may return one value with many spans. It is read again if the hook could change it.
      if (read !== undefined && Object.isFrozen(value)) taken.set(value as object, read)
      return read
    },
  }
}

const copySpan = (span: Span, resource: Resource, scope: Scope): Span => ({
  // hot: once for each span, so fields are named.
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  name: span.name,
  kind: span.kind,
  startMicros: span.startMicros,
  endMicros: span.endMicros,
  status: { code: span.status.code, message: span.status.message },
  attributes: copyAttributes(span.attributes, 0),
  doubles: span.doubles?.slice(),
  events: span.events.map((event) => ({
    ...event,
    attributes: copyAttributes(event.attributes, 0),
  })),
  links: span.links.map((link) => ({ ...link, attributes: copyAttributes(link.attributes, 0) })),
  flags: span.flags,
  traceState: span.traceState,
  droppedAttributes: span.droppedAttributes,
  droppedEvents: span.droppedEvents,
  droppedLinks: span.droppedLinks,
  scope,
  resource,
})

const copyAttributes = (attributes: Attributes, level: number): Record<string, AttributeValue> => {
  // hot: copying the whole record is fast; few values are lists or maps.
  const copy: Record<string, AttributeValue> = { ...attributes }
  for (const key in copy) {
    const value = copy[key]
    if (typeof value === 'object' && value !== null) Json.set(copy, key, copyValue(value, level))
  }
  return copy
}

const copyValue = (value: AttributeValue, level: number): AttributeValue => {
  if (typeof value !== 'object' || value === null) return value
  if (level >= MAX_LEVELS) return Json.TOO_DEEP
  if (value instanceof Uint8Array) return value.slice()
  return isList(value)
    ? value.map((one) => copyValue(one, level + 1))
    : copyAttributes(value, level + 1)
}

/** `Array.isArray` does not distinguish a read-only list from a record. */
const isList = (value: AttributeValue): value is ReadonlyArray<AttributeValue> =>
  Array.isArray(value)

const deepFreeze = <A extends object>(value: A): A => {
  for (const inner of Object.values(value)) {
    // Elements of typed arrays cannot be frozen; these are copies.
    if (typeof inner === 'object' && inner !== null && !ArrayBuffer.isView(inner)) deepFreeze(inner)
  }
  return Object.freeze(value)
}
