/**
 * Redaction: removes personal data and secrets from a span, by the table of attribute keys. It runs when a span arrives,
 * after the hooks of users, so that nothing that is made of the span later (names, tags, breadcrumbs, errors) contains
 * them.
 */

import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type * as Resource from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import type { SpanLink } from '../model/SpanLink.ts'
import * as AttributePlan from './AttributePlan.ts'
import { mapAttributes } from './mapAttributes.ts'
import * as Sensitive from './Sensitive.ts'

// model

/** Redacts the parts of a span or of a log record. A part without sensitive data stays the same object. */
export interface Redactor {
  /** `isServer`: whether they are the attributes of a SERVER span, whose peer is a client. */
  readonly attributes: (
    attributes: Attributes.Attributes,
    isServer: boolean,
  ) => Attributes.Attributes
  readonly event: (event: SpanEvent) => SpanEvent
  readonly resource: (resource: Resource.Resource) => Resource.Resource
}

// constructors

/** Replaces a secret; the same text as Sentry's own scrubber uses. */
const FILTERED = '[Filtered]'

/** Redactions are remembered for so many keys; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED_KEYS = 5_000

/** Decoders read no deeper. */
const MAX_LEVELS = 33

/** Attributes of a `gen_ai.*` event that do not contain the conversation. */
const CONVERSATION_METADATA: ReadonlySet<string> = new Set([
  'finish_reason',
  'gen_ai.provider.name',
  'gen_ai.system',
  'id',
  'index',
  'role',
])

export const redactor = (privacy: Sensitive.Privacy): Redactor => {
  const attributes = attributesRedactor(privacy)
  const isMetadata = (value: Attributes.AttributeValue, key: string) =>
    CONVERSATION_METADATA.has(key) ? value : undefined
  const event = (given: SpanEvent): SpanEvent => {
    const redacted =
      !privacy.sendDefaultPii && given.name.startsWith('gen_ai.')
        ? mapAttributes(given.attributes, isMetadata)
        : attributes(given.attributes, false)
    return redacted === given.attributes ? given : { ...given, attributes: redacted }
  }
  // One redacted resource for each given one: values derived from a resource are cached by its identity.
  const resources = new WeakMap<Resource.Resource, Resource.Resource>()
  const resource = (given: Resource.Resource): Resource.Resource => {
    const known = resources.get(given)
    if (known !== undefined) return known
    const redacted = attributes(given.attributes, false)
    const made = redacted === given.attributes ? given : { ...given, attributes: redacted }
    resources.set(given, made)
    return made
  }
  return { attributes, event, resource }
}

/** Redacts attributes, and the maps and lists in them. */
const attributesRedactor = (privacy: Sensitive.Privacy): Redactor['attributes'] => {
  const redactionOf = rememberedRedactions(AttributePlan.of(privacy))
  const filterParameters = Url.filter(Sensitive.isSecret(privacy), FILTERED)
  const redact = (
    key: string,
    value: Attributes.AttributeValue,
    isServer: boolean,
    level: number,
  ): Attributes.AttributeValue | undefined => {
    switch (redactionOf(key)) {
      case 'keep':
        return typeof value === 'object' && value !== null ? redactInside(value, level) : value
      case 'drop':
        return undefined
      case 'drop-on-server':
        return isServer ? undefined : value
      case 'filter':
        return typeof value === 'boolean' || typeof value === 'number' ? value : FILTERED
      case 'cut-url':
        return typeof value === 'string' ? Url.sanitize(value) : value
      case 'filter-parameters':
        return typeof value === 'string' ? filterParameters(value) : value
    }
  }
  const redactInside = (
    value: Attributes.AttributeValue,
    level: number,
  ): Attributes.AttributeValue => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    if (level >= MAX_LEVELS) return value
    if (Attributes.isMap(value)) {
      return mapAttributes(value, (inner, key) => redact(key, inner, false, level + 1))
    }
    const redacted = value.map((one) => redactInside(one, level + 1))
    return redacted.some((one, index) => one !== value[index]) ? redacted : value
  }
  // hot: one function for each kind of span, not one for each span
  const ofServer: Change = (value, key) => redact(key, value, true, 0)
  const ofOthers: Change = (value, key) => redact(key, value, false, 0)
  return (attributes, isServer) => mapAttributes(attributes, isServer ? ofServer : ofOthers)
}

type Change = Parameters<typeof mapAttributes>[1]

/** Keys are few and recur: each is looked up in the table once. */
const rememberedRedactions = (
  planOf: (key: string) => AttributePlan.AttributePlan,
): ((key: string) => AttributePlan.Redaction) => {
  const remembered = new Map<string, AttributePlan.Redaction>()
  return (key) => {
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear()
    const { redaction } = planOf(key)
    remembered.set(key, redaction)
    return redaction
  }
}

// transformations

/** Redacts the attributes of a span, of its resource, its events and its links. */
export const redactSpan = (privacy: Sensitive.Privacy): ((span: Span) => Span) => {
  const redact = redactor(privacy)
  const link = (given: SpanLink): SpanLink => ({
    ...given,
    attributes: redact.attributes(given.attributes, false),
  })
  return (span) => {
    const attributes = redact.attributes(span.attributes, span.kind === 'SERVER')
    const resource = redact.resource(span.resource)
    const events = span.events.length === 0 ? span.events : span.events.map(redact.event)
    const links = span.links.length === 0 ? span.links : span.links.map(link)
    return attributes === span.attributes &&
      resource === span.resource &&
      span.events.length === 0 &&
      span.links.length === 0
      ? span
      : { ...span, attributes, resource, events, links }
  }
}
