/**
 * An exception as it was recorded, before it is known which event it becomes: a span and those around it often record the
 * same one. Source: OpenTelemetry semantic conventions, "Exceptions on spans" and "Exceptions in logs".
 */
import * as Attributes from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type { Span } from '../model/Span.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'

// model

export interface RecordedException {
  /**
   * What tells it from the others of its span: its place among the events, `log:` and a hash of a log record, or `status`
   * for a span that failed without saying by what.
   */
  readonly key: string
  /** Empty where nothing is said; of the type, the message and the stack one is not. */
  readonly type: string
  readonly message: string
  readonly stack: string
  /** What `exception.stacktrace` holds where it is a list: texts of the exceptions it came from, the nearest first. */
  readonly causes: ReadonlyArray<string>
  readonly time: Micros.Micros
  /** Whether it left its span; `undefined` where that is not said. */
  readonly escaped: boolean | undefined
  /** Whether its span has the status ERROR, or its log record that severity. */
  readonly isFailure: boolean
  /** The name of its span: wrappers of one call have different ones, repeated calls have the same. */
  readonly spanName: string
  readonly language: string | undefined
  /** The other attributes that were recorded with it. */
  readonly attributes: Json.JsonObject
}

// constructors

/** The exceptions of a span, one for each event that holds one. */
export const ofSpan = (span: Span): ReadonlyArray<RecordedException> => {
  if (span.events.length === 0) return NONE
  const thrown: Array<RecordedException> = []
  for (const [index, event] of span.events.entries()) {
    if (!isRecordedIn(event)) continue
    thrown.push({
      key: String(index),
      ...ofAttributes(event.attributes),
      time: event.time > 0 ? event.time : span.start,
      isFailure: span.status.code === 'ERROR',
      spanName: span.name,
      language: Attributes.text(span.resource.attributes, 'telemetry.sdk.language'),
    })
  }
  return thrown
}

/** What stands for a span that failed without saying by what. */
export const ofStatus = (
  span: Span,
  { op, status, description }: SentrySpan,
): RecordedException => ({
  key: STATUS,
  type: `${op ?? 'span'} ${status}`,
  message: span.status.message === '' ? description : span.status.message,
  stack: '',
  causes: [],
  time: Micros.max(span.end, span.start),
  escaped: undefined,
  isFailure: true,
  spanName: span.name,
  language: undefined,
  attributes: {},
})

/** The key of what stands for a span that failed without an exception. */
export const STATUS = 'status'

/** What the attributes of an event or a log record say of an exception. */
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
    // Python sends the flag as text.
    escaped: isOneOf(escaped, YES) ? true : isOneOf(escaped, NO) ? false : undefined,
    attributes: Object.keys(others).length === 0 ? NO_ATTRIBUTES : Json.fromAttributes(others),
  }
}

/** The key of what a log record holds, by a hash of it. */
export const logKey = (hash: string): string => `${LOG}${hash}`

const LOG = 'log:'

// guards

/** Whether it comes from a log record. */
export const isFromLog = ({ key }: Pick<RecordedException, 'key'>): boolean => key.startsWith(LOG)

/** Whether an event of a span holds an exception: it is named so, and says something of it. */
export const isRecordedIn = ({ name, attributes }: SpanEvent): boolean =>
  name === 'exception' && hasExceptionAttributes(attributes)

/** Whether attributes say anything of an exception. */
export const hasExceptionAttributes = (attributes: Attributes.Attributes): boolean => {
  const stack = attributes['exception.stacktrace']
  return (
    isText(attributes['exception.type']) ||
    isText(attributes['exception.message']) ||
    isText(stack) ||
    (Array.isArray(stack) && stack.some(isText))
  )
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const NONE: ReadonlyArray<RecordedException> = []

// Most have none: they wait for long, and share what stands for it.
const NO_CAUSES: ReadonlyArray<string> = []

const NO_ATTRIBUTES: Json.JsonObject = {}

const YES: ReadonlyArray<unknown> = [true, 'True', 'true']

const NO: ReadonlyArray<unknown> = [false, 'False', 'false']

const isOneOf = (value: unknown, answers: ReadonlyArray<unknown>): boolean =>
  answers.includes(value)
