/**
 * Takes out of a span what must not be sent: an endomorphism. It runs on arrival, after the hooks of users, so that
 * nothing that is made of the span later (names, tags, breadcrumbs, errors) can tell it.
 */

import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type * as Resource from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import * as Sensitive from './Sensitive.ts'

/** What stands in the place of a secret; the same text as Sentry's own scrubber. */
export const FILTERED = '[Filtered]'

/** What takes out of the parts of a span, or of a log record, what must not be sent. A part that is fine stays the same. */
export interface Redactor {
  /** `isServer`: whether they are those of a server's span, whose peer is a client. */
  readonly attributes: (
    attributes: Attributes.Attributes,
    isServer: boolean,
  ) => Attributes.Attributes
  readonly event: (event: SpanEvent) => SpanEvent
  readonly resource: (resource: Resource.Resource) => Resource.Resource
}

export const redactor = (privacy: Sensitive.Privacy): Redactor => {
  const decide = Sensitive.treatmentOf(privacy)
  const isSecret = Sensitive.isSecret(privacy)
  // Keys are few and come again and again; those of a sender who makes them up are not kept for ever.
  const known = new Map<string, Sensitive.Treatment>()
  const treatmentOf = (key: string): Sensitive.Treatment => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= MAX_KNOWN) known.clear()
    const treatment = decide(key)
    known.set(key, treatment)
    return treatment
  }

  /** The value that is sent; `undefined` for none; the value itself for as it is. */
  const cleanValue = (
    key: string,
    value: Attributes.AttributeValue,
    isServer: boolean,
    level: number,
  ): Attributes.AttributeValue | undefined => {
    switch (treatmentOf(key)) {
      case 'leave-out':
        return undefined
      case 'peer':
        return isServer ? undefined : value
      case 'filter':
        return typeof value === 'boolean' || typeof value === 'number' ? value : FILTERED
      case 'address':
        return typeof value === 'string' ? Url.sanitize(value) : value
      case 'parameters':
        return typeof value === 'string' ? Url.filter(isSecret, FILTERED)(value) : value
      case 'keep':
        return typeof value === 'object' && value !== null ? cleanInside(value, level) : value
    }
  }

  const cleanInside = (
    value: Attributes.AttributeValue,
    level: number,
  ): Attributes.AttributeValue => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    if (level >= MAX_LEVELS) return value
    if (Attributes.isMap(value)) return cleanAttributes(value, false, level + 1)
    const cleaned = value.map((one) => cleanInside(one, level + 1))
    return cleaned.some((one, index) => one !== value[index]) ? cleaned : value
  }

  const cleanAttributes = (
    attributes: Attributes.Attributes,
    isServer: boolean,
    level = 0,
  ): Attributes.Attributes => {
    // hot: once for each span. Most are as they should be, and stay the same object.
    let cleaned: Record<string, Attributes.AttributeValue> | undefined
    for (const key in attributes) {
      const value = attributes[key]
      if (value === undefined) continue
      if (typeof value !== 'object' && known.get(key) === 'keep') continue
      const shown = cleanValue(key, value, isServer, level)
      if (shown === value) continue
      cleaned ??= { ...attributes }
      if (shown === undefined) delete cleaned[key]
      else cleaned[key] = shown
    }
    return cleaned ?? attributes
  }

  const cleanEvent = (event: SpanEvent): SpanEvent => {
    const attributes =
      !privacy.sendDefaultPii && event.name.startsWith('gen_ai.')
        ? Object.fromEntries(
            Object.entries(event.attributes).filter(([key]) => ABOUT_MESSAGES.has(key)),
          )
        : cleanAttributes(event.attributes, false)
    return attributes === event.attributes ? event : { ...event, attributes }
  }

  // One object for each resource, as before: what is made of a resource is made once.
  const resources = new WeakMap<Resource.Resource, Resource.Resource>()
  const cleanResource = (resource: Resource.Resource): Resource.Resource => {
    const before = resources.get(resource)
    if (before !== undefined) return before
    const attributes = cleanAttributes(resource.attributes, false)
    const cleaned = attributes === resource.attributes ? resource : { ...resource, attributes }
    resources.set(resource, cleaned)
    return cleaned
  }

  return { attributes: cleanAttributes, event: cleanEvent, resource: cleanResource }
}

export const redactSpan = (privacy: Sensitive.Privacy): ((span: Span) => Span) => {
  const clean = redactor(privacy)
  return (span) => {
    const attributes = clean.attributes(span.attributes, span.kind === 'SERVER')
    const resource = clean.resource(span.resource)
    const events = span.events.length === 0 ? span.events : span.events.map(clean.event)
    const links =
      span.links.length === 0
        ? span.links
        : span.links.map((link) => ({
            ...link,
            attributes: clean.attributes(link.attributes, false),
          }))
    return attributes === span.attributes &&
      resource === span.resource &&
      span.events.length === 0 &&
      span.links.length === 0
      ? span
      : { ...span, attributes, resource, events, links }
  }
}

const MAX_KNOWN = 5_000

const MAX_LEVELS = 33

/** What an event of a conversation tells without telling what was said. */
const ABOUT_MESSAGES: ReadonlySet<string> = new Set([
  'finish_reason',
  'gen_ai.provider.name',
  'gen_ai.system',
  'id',
  'index',
  'role',
])
