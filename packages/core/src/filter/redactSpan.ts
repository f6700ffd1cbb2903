/** Redacts all parts of a span: its name, its status and the attributes of its resource, scope, events and links. */
import * as Scope from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import type { SpanLink } from '../model/SpanLink.ts'
import { AI_NAME } from './aiWords.ts'
import { type Context, isOfAi, type Redactor } from './redact.ts'

// transformations

export const redactSpan =
  (redact: Redactor): ((span: Span) => Span) =>
  (span) => {
    const isServer = span.kind === 'SERVER'
    const isAi = isAiScope(span.scope)
    const context = { isServer, isAi }
    const attributes = redact.attributes(span.attributes, context)
    const resource = redact.resource(span.resource)
    const scope = span.scope === Scope.unknown ? span.scope : redact.scope(span.scope)
    const name = redact.text(span.name)
    const message = redact.text(span.status.message)
    const hasParts = span.events.length > 0 || span.links.length > 0
    if (
      !hasParts &&
      attributes === span.attributes &&
      resource === span.resource &&
      scope === span.scope &&
      name === span.name &&
      message === span.status.message
    ) {
      return span
    }
    const ofParts = hasParts ? { isServer, isAi: isOfAi(context, span.attributes) } : context
    return {
      ...span,
      name,
      status: message === span.status.message ? span.status : { ...span.status, message },
      attributes,
      resource,
      scope,
      ...redactParts(redact, span, ofParts),
    }
  }

/** Redacts the events and links of a span. */
export const redactParts = (
  redact: Redactor,
  { events, links }: Pick<Span, 'events' | 'links'>,
  context: Context,
): Pick<Span, 'events' | 'links'> => {
  const link = (given: SpanLink): SpanLink => {
    const redacted = redact.attributes(given.attributes, context)
    return redacted === given.attributes ? given : { ...given, attributes: redacted }
  }
  return { events: events.map((event) => redact.event(event, context)), links: links.map(link) }
}

// guards

/** Whether the spans of a scope belong to AI. */
export const isAiScope = ({ name }: Pick<Scope.Scope, 'name'>): boolean =>
  name !== '' && AI_NAME.test(name)
