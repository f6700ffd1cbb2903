/** Spans of the bench's reference data as OTLP JSON, as an OpenTelemetry SDK for JavaScript sends it. */
import type { ReferenceSpan } from './ReferenceSpan.ts'
import type { WorkAttributes } from './works.ts'

// encoding

const pairsOf = (attributes: WorkAttributes): ReadonlyArray<object> =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValueOf(value) }))

const anyValueOf = (value: WorkAttributes[string]): object => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: value } : { doubleValue: value }
  }
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } }
}

export const otlpRequest = (
  spans: ReadonlyArray<ReferenceSpan>,
  resource: WorkAttributes,
): object => ({
  resourceSpans: [
    {
      resource: { attributes: pairsOf(resource), droppedAttributesCount: 0 },
      scopeSpans: [...new Set(spans.map(({ scope }) => scope))].map((scope) => ({
        scope: { name: scope, version: '0.60.0' },
        spans: spans.filter((span) => span.scope === scope).map(otlpSpanOf),
      })),
    },
  ],
})

const otlpSpanOf = (span: ReferenceSpan): object => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parent === undefined ? {} : { parentSpanId: span.parent.spanId }),
  name: span.name,
  kind: span.kind,
  startTimeUnixNano: `${span.startMicros}123`,
  endTimeUnixNano: `${span.endMicros}123`,
  attributes: pairsOf(span.attributes),
  droppedAttributesCount: 0,
  events:
    span.stack === undefined
      ? []
      : [
          {
            attributes: pairsOf({
              'exception.type': 'PaymentDeclinedError',
              'exception.message': span.stack.slice(22, span.stack.indexOf('\n')),
              'exception.stacktrace': span.stack,
            }),
            name: 'exception',
            timeUnixNano: `${span.endMicros}123`,
            droppedAttributesCount: 0,
          },
        ],
  droppedEventsCount: 0,
  status: span.stack === undefined ? { code: 0 } : { code: 2, message: 'card was declined' },
  links: [],
  droppedLinksCount: 0,
  flags: 257,
})
