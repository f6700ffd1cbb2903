/**
 * A Sentry error made from an exception that a span recorded.
 * Source: `develop-docs/sdk/telemetry/errors.mdx` of getsentry/sentry-docs, `relay-event-schema/src/protocol` of
 * getsentry/relay; OpenTelemetry semantic conventions, "Exceptions on spans".
 */
import * as Attributes from './Attributes.ts'
import * as Contexts from './Contexts.ts'
import * as EventBase from './EventBase.ts'
import type { EventId } from './EventId.ts'
import type { ExceptionValue } from './ExceptionValue.ts'
import * as Hash from './Hash.ts'
import type { JsonObject } from './Json.ts'
import * as Micros from './Micros.ts'
import type { SentrySpan } from './SentrySpan.ts'
import type { Span } from './Span.ts'
import * as SpanEvent from './SpanEvent.ts'
import * as StackTrace from './StackTrace.ts'
import * as TraceContext from './TraceContext.ts'

// model

export interface ErrorEvent extends EventBase.EventFields {
  readonly event_id: EventId
  readonly level: 'error' | 'warning'
  /** Seconds since 1970. */
  readonly timestamp: number
  /** The name of the transaction it happened in. */
  readonly transaction?: string
  readonly exception: { readonly values: ReadonlyArray<ExceptionValue> }
  readonly contexts: Contexts.Contexts
  /** The text of the stack as it was recorded, where it could not be read or did not fit. */
  readonly extra?: JsonObject
}

// constructors

/** The errors of a span, one for each exception it recorded with a type or a message. */
export const ofSpan = (
  base: EventBase.EventBase,
  span: Span,
  sentrySpan: SentrySpan,
): ReadonlyArray<ErrorEvent> => {
  if (span.events.length === 0) return NONE
  const errors: Array<ErrorEvent> = []
  for (const [index, event] of span.events.entries()) {
    if (!SpanEvent.isException(event)) continue
    const type = Attributes.text(event.attributes, 'exception.type') ?? ''
    const value = Attributes.text(event.attributes, 'exception.message') ?? ''
    const stack = Attributes.text(event.attributes, 'exception.stacktrace') ?? ''
    if (type === '' && value === '' && stack === '') continue
    const { exceptions, cut } = readStack(span, type, value, stack)
    const isWhole = cut === 0 && exceptions.some(({ frames }) => frames.length > 0)
    errors.push({
      event_id: Hash.toEventId(['error', span.traceId, span.spanId, String(index)]),
      level: span.status.code === 'ERROR' ? 'error' : 'warning',
      ...EventBase.fields(base),
      timestamp: Micros.toSeconds(event.time > 0 ? event.time : span.start),
      exception: { values: StackTrace.toValues(isHandled(event))(exceptions) },
      contexts: Contexts.of(TraceContext.ofEvent(sentrySpan), base.resource),
      ...(stack === '' || isWhole
        ? {}
        : { extra: { 'exception.stacktrace': stack.slice(0, MOST_RAW) } }),
    })
  }
  return errors
}

// combinators

/** Says which transaction an error happened in. */
export const inTransaction =
  (name: string) =>
  (error: ErrorEvent): ErrorEvent => ({ ...error, transaction: name })

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs`). */
const MOST_RAW = 16_000

const readStack = (span: Span, type: string, value: string, stack: string): StackTrace.Limited => {
  const read = StackTrace.parse({
    type: type === '' ? undefined : type,
    message: value === '' ? undefined : value,
    stacktrace: stack,
    language: Attributes.text(span.resource.attributes, 'telemetry.sdk.language'),
  })
  // Sentry wants a type or a value.
  const named = read.exceptions.map((one) =>
    one.type === '' && one.value === '' ? { ...one, type: 'Error' } : one,
  )
  return StackTrace.limit()(named)
}

const NONE: ReadonlyArray<ErrorEvent> = []

/** An exception that escaped its span was not handled there. Python sends the flag as text. */
const isHandled = (event: SpanEvent.SpanEvent): boolean | undefined => {
  const escaped = event.attributes['exception.escaped']
  if (escaped === true || escaped === 'True' || escaped === 'true') return false
  return escaped === false || escaped === 'False' || escaped === 'false' ? true : undefined
}
