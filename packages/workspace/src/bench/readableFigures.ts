/** Figures of the spans of the OpenTelemetry SDK, from `ReadableSpan` to the bytes of envelopes. The reference spans are made into those of the SDK. */
import * as Limits from '@sentry-exporter/core/Limits'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as SpanReader from '@sentry-exporter/opentelemetry/SpanReader'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import { encoded, optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

// constructors

const MICROS_PER_SECOND = 1e6

const hrTime = (micros: number): readonly [number, number] => [
  Math.floor(micros / MICROS_PER_SECOND),
  (micros % MICROS_PER_SECOND) * 1000,
]

const STATUS_CODES: ReadonlyArray<unknown> = ['UNSET', 'OK', 'ERROR']

/** The spans of a request as the SDK has them. Those of one resource share it. */
const readableSpans = (
  text: string,
  withEvents: boolean,
): ReadonlyArray<SpanReader.ReadableSpan> => {
  const batch = ExportTraceRequest.parse(text)
  if (E.isLeft(batch)) throw new Error('reference data that cannot be read')
  return batch.right.spans.map((span) => {
    const { traceId, spanId, parentSpanId, flags = 1 } = span
    const context = { traceId, spanId, traceFlags: flags & 0xff }
    return {
      name: span.name,
      kind: SpanKind.all.indexOf(span.kind) - 1,
      spanContext: () => context,
      ...(parentSpanId === undefined
        ? {}
        : {
            parentSpanContext: {
              traceId,
              spanId: parentSpanId,
              traceFlags: 1,
              isRemote: (flags & 0x200) !== 0,
            },
          }),
      startTime: hrTime(span.startMicros),
      endTime: hrTime(span.endMicros),
      status: { code: STATUS_CODES.indexOf(span.status.code), message: span.status.message },
      attributes: span.attributes,
      links: [],
      events: withEvents
        ? span.events.map(({ name, timeMicros, attributes }) => ({
            name,
            time: hrTime(timeMicros),
            attributes,
          }))
        : [],
      resource: span.resource,
      instrumentationScope: span.scope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    }
  })
}

/** Each request for itself, all its spans at once, by the reader of one process. */
const read =
  (withEvents: boolean) =>
  ({ requests, spans }: Reference): Round => {
    const batches = requests.map((text) => readableSpans(text, withEvents))
    const reader = SpanReader.make()
    const assemble = Pipeline.assemble(optionsOf(Limits.inProcess))
    return {
      spans,
      run: () => batches.map((batch) => encoded(assemble([reader.read(batch).spans]).envelopes)),
    }
  }

export const readableFigures: ReadonlyArray<Figure> = [
  {
    name: 'readable',
    description: 'ReadableSpan of the SDK -> envelope bytes: the reference spans without events',
    floor: 'floor',
    budget: 0.7,
    prepare: read(false),
  },
  {
    name: 'readable-errors',
    description:
      'ReadableSpan of the SDK -> envelope bytes: the reference data, errors and everything on',
    floor: 'floor',
    budget: 0.9,
    prepare: read(true),
  },
]
