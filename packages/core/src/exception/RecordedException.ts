/**
 * An exception as a span event or a log record holds it, before it is known which error event it becomes: instrumentation
 * often records one thrown exception on several spans.
 * Source: OpenTelemetry semantic conventions, "Exceptions on spans" and "Exceptions in logs".
 *
 * @example
 * ```ts
 * import { RecordedException } from '@sentry-exporter/core'
 *
 * const { type, message, escaped } = RecordedException.ofAttributes({
 *   'exception.type': 'TypeError',
 *   'exception.message': 'x is not a function',
 *   'exception.escaped': 'True',
 * })
 * console.log(type, message, escaped) // TypeError x is not a function true
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as Attributes from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'
import * as SpanEvent from '../model/SpanEvent.ts'

// model

export interface RecordedException {
  /**
   * Identifies it among the exceptions of its span: its index among the events, `log:` and a hash for a log record, or
   * `status` for a span that failed without an exception.
   */
  readonly key: string
  /** Empty where it was not recorded. At least one of the type, the message and the stack is not empty. */
  readonly type: string
  readonly message: string
  readonly stack: string
  /** The texts of the causes, the nearest first, where `exception.stacktrace` is a list. */
  readonly causes: ReadonlyArray<string>
  readonly timeMicros: Micros.Micros
  /** Whether it left its span; `undefined` where that was not recorded. */
  readonly escaped: boolean | undefined
  /** Whether its span has the status ERROR, or its log record at least that severity. */
  readonly isFailure: boolean
  /** The name of its span: wrappers of one call have different names, repeated calls have the same. */
  readonly spanName: string
  readonly language: string | undefined
  /**
   * The message of the status of its span, where neither a type nor a stack was recorded: instrumentation of drivers describes
   * the error in words of its own, and has its message there.
   */
  readonly statusMessage?: string | undefined
  /** The attributes that were recorded with it, without those of the exception itself. */
  readonly attributes: Json.JsonObject
}

/** How Sentry shows a span that failed: the parts of a `SentrySpan` that an error made from its status needs. */
export interface FailedSpan {
  readonly op?: string | undefined
  readonly status: string
  readonly description: string
}

// constructors

/** The key of the exception that represents a span which failed without recording one. */
export const STATUS = 'status'

const LOG = 'log:'

// Constants that are shared, because nodes are held for long and most have no causes and no attributes.
const NONE: ReadonlyArray<RecordedException> = /* @__PURE__ */ frozen([])

const NO_CAUSES: ReadonlyArray<string> = /* @__PURE__ */ frozen([])

const NO_ATTRIBUTES: Json.JsonObject = /* @__PURE__ */ frozen({})

/** The exceptions of a span, one for each event that holds one. */
export const ofSpan = (span: Span): ReadonlyArray<RecordedException> => {
  if (span.events.length === 0) return NONE
  const exceptions: Array<RecordedException> = []
  for (const [index, event] of span.events.entries()) {
    if (!isExceptionEvent(event)) continue
    const read = ofAttributes(event.attributes)
    const isOnlyText = read.type === '' && read.stack === '' && read.causes.length === 0
    exceptions.push({
      key: String(index),
      ...read,
      ...(isOnlyText && span.status.message !== '' ? { statusMessage: span.status.message } : {}),
      timeMicros: SpanEvent.timeIn(span, event),
      isFailure: span.status.code === 'ERROR',
      spanName: span.name,
      language: Attributes.text(span.resource.attributes, 'telemetry.sdk.language'),
    })
  }
  return exceptions
}

/** The exception that represents a span which failed without recording one. */
export const ofStatus = (
  span: Span,
  { op, status, description }: FailedSpan,
): RecordedException => ({
  key: STATUS,
  type: `${op ?? 'span'} ${status}`,
  message: span.status.message === '' ? description : span.status.message,
  stack: '',
  causes: [],
  timeMicros: Micros.max(span.endMicros, span.startMicros),
  escaped: undefined,
  isFailure: true,
  spanName: span.name,
  language: undefined,
  attributes: {},
})

/** The key of the exception of a log record, by a hash of its content. */
export const logKey = (hash: string): string => `${LOG}${hash}`

// guards

/** Whether it comes from a log record. */
export const isFromLog = ({ key }: Pick<RecordedException, 'key'>): boolean => key.startsWith(LOG)

/**
 * Whether a span event holds an exception: it has at least one exception attribute. Its name does not count: `tracing` of
 * Rust names the event by the message of the log.
 */
export const isExceptionEvent = ({ attributes }: SpanEvent.SpanEvent): boolean =>
  hasExceptionAttributes(attributes)

/** Whether attributes hold a type, a message or a stack of an exception. */
export const hasExceptionAttributes = (attributes: Attributes.Attributes): boolean => {
  const stack = attributes['exception.stacktrace']
  return (
    isNonEmptyText(attributes['exception.type']) ||
    isNonEmptyText(attributes['exception.message']) ||
    isNonEmptyText(stack) ||
    (Array.isArray(stack) && stack.some(isNonEmptyText))
  )
}

const isNonEmptyText = (value: unknown): boolean => typeof value === 'string' && value !== ''

// decoding

/** Reads the exception attributes of a span event or a log record. */
export const ofAttributes = (
  attributes: Attributes.Attributes,
): Pick<RecordedException, 'type' | 'message' | 'stack' | 'causes' | 'escaped' | 'attributes'> => {
  const {
    'exception.type': _type,
    'exception.message': _message,
    'exception.stacktrace': stack,
    'exception.escaped': escaped,
    ...others
  } = attributes
  return {
    type: Attributes.text(attributes, 'exception.type') ?? '',
    message: Attributes.text(attributes, 'exception.message') ?? '',
    stack: typeof stack === 'string' ? stack : '',
    causes: Array.isArray(stack) ? stack.filter((cause) => typeof cause === 'string') : NO_CAUSES,
    escaped: readFlag(escaped),
    attributes: Object.keys(others).length === 0 ? NO_ATTRIBUTES : Json.fromAttributes(others),
  }
}

/** OpenTelemetry's SDK for Python sends the flag as the text `True` or `False`. */
const readFlag = (value: unknown): boolean | undefined => {
  if (value === true || value === 'True' || value === 'true') return true
  return value === false || value === 'False' || value === 'false' ? false : undefined
}
