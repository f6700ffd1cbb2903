import type { Context, Redactor } from '../filter/redact.ts'
import { redactParts } from '../filter/redactSpan.ts'
import type { Attributes } from '../model/Attributes.ts'
import * as Scope from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import type { ScannedFields } from './ScannedSpan.ts'

/** The scanned span with the attributes that rules read, redacted. */
export const redactScanned = (
  fields: ScannedFields,
  attributes: Attributes,
  redact: Redactor,
  context: Context,
): Span => {
  // hot: once for each span, in one literal
  const { status, events, links, scope } = fields
  const message = redact.text(status.message)
  const hasParts = events.length > 0 || links.length > 0
  const parts = hasParts ? redactParts(redact, fields, context) : fields
  return {
    traceId: fields.traceId,
    spanId: fields.spanId,
    parentSpanId: fields.parentSpanId,
    name: redact.text(fields.name),
    kind: fields.kind,
    startMicros: fields.startMicros,
    endMicros: fields.endMicros,
    status: message === status.message ? status : { ...status, message },
    attributes,
    doubles: fields.doubles,
    events: parts.events,
    links: parts.links,
    flags: fields.flags,
    traceState: fields.traceState,
    droppedAttributes: fields.droppedAttributes,
    droppedEvents: fields.droppedEvents,
    droppedLinks: fields.droppedLinks,
    scope: scope === Scope.unknown ? scope : redact.scope(scope),
    resource: redact.resource(fields.resource),
  }
}
