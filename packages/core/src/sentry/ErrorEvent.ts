/**
 * A Sentry error event, made from a recorded exception.
 * Source: `develop-docs/sdk/telemetry/errors.mdx` of getsentry/sentry-docs, `relay-event-schema/src/protocol` of
 * getsentry/relay; OpenTelemetry semantic conventions, "Exceptions on spans".
 *
 * @example
 * ```ts
 * import { Contexts, ErrorEvent, ExceptionValue, Mapping, Micros, Resource } from '@sentry-exporter/core'
 * import { LoggedException } from '@sentry-exporter/core/pipeline'
 * import { parsers } from '@sentry-exporter/stacktrace'
 *
 * const logged = LoggedException.of(Mapping.sentry)({
 *   traceId: undefined,
 *   spanId: undefined,
 *   timeMicros: Micros.of(1_700_000_000_000_000),
 *   severity: 17,
 *   body: 'the order was not stored',
 *   attributes: { 'exception.type': 'TypeError' },
 *   resource: Resource.of({ 'service.name': 'shop', 'telemetry.sdk.language': 'nodejs' }),
 * })
 * if (logged !== undefined) {
 *   const { base, exception, traceId, spanId } = logged
 *   const error = ErrorEvent.of(exception, ExceptionValue.ofRecorded(parsers)(exception, false), {
 *     base,
 *     contexts: Contexts.of({ trace_id: traceId, span_id: spanId }, base.resource),
 *     level: 'error',
 *     transaction: undefined,
 *     breadcrumbs: [],
 *   })
 *   const [value] = error.exception.values
 *   console.log(error.platform, value?.type, value?.value) // node TypeError the order was not stored
 * }
 * ```
 */

import { type RecordedException, STATUS } from '../exception/RecordedException.ts'
import type { Tags } from '../mapping/Tags.ts'
import * as EventId from '../model/EventId.ts'
import * as Json from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type * as Breadcrumb from './Breadcrumb.ts'
import type * as Contexts from './Contexts.ts'
import type * as EventBase from './EventBase.ts'
import * as ExceptionValue from './ExceptionValue.ts'
import type { Request } from './Request.ts'
import type { User } from './User.ts'

// model

export interface ErrorEvent extends EventBase.EventFields {
  readonly event_id: EventId.EventId
  readonly level: 'error' | 'warning'
  /** The message of the exception; only in the form of the Collector's exporter. */
  readonly message?: string
  /** Seconds since 1970. */
  readonly timestamp: number
  /** The name of the transaction it happened in; absent where that is not known yet. */
  readonly transaction?: string
  readonly exception: { readonly values: ReadonlyArray<ExceptionValue.ExceptionValue> }
  readonly contexts: Contexts.Contexts
  /** The request and the user of its transaction. */
  readonly request?: Request
  readonly user?: User
  /** Earlier events of the same segment. */
  readonly breadcrumbs?: Breadcrumb.Breadcrumbs
  /** The attributes that were recorded with the exception, and the text of its stack where that was not parsed in whole. */
  readonly extra?: Json.JsonObject
  readonly fingerprint?: ReadonlyArray<string>
}

/** The fields of an error event that do not come from the exception itself. */
export interface ErrorDetails {
  readonly base: EventBase.EventBase
  /** The tags of its span, added to those of the base. */
  readonly tags?: Tags | undefined
  readonly request?: Request | undefined
  readonly user?: User | undefined
  readonly contexts: Contexts.Contexts
  readonly level: ErrorEvent['level']
  readonly transaction: string | undefined
  readonly breadcrumbs: ReadonlyArray<Breadcrumb.Breadcrumb>
}

// constructors

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs`). */
const MAX_STACK_CHARACTERS = 16_000

/** The server keeps seven levels, with `extra` itself. */
const MAX_EXTRA_LEVELS = 5

/** The server cuts longer ones (`relay-event-schema/src/protocol/logentry.rs`). */
const MAX_MESSAGE_CHARACTERS = 8_192

/** `read` is the exception as `ExceptionValue.ofRecorded` reads it. The id is a hash of trace, span and exception. */
export const of = (
  exception: RecordedException,
  read: ExceptionValue.ExceptionChain,
  details: ErrorDetails,
): ErrorEvent => {
  const { base, tags, contexts, level, transaction, request, user, breadcrumbs } = details
  const isCollectors = base.form === 'collector'
  const chain = isCollectors ? ExceptionValue.asRecorded(read, exception) : read
  const { trace_id: traceId, span_id: spanId } = contexts.trace
  const { fields } = base
  // hot: fields are set in the order in which they are printed; conditional spreads take several times as long.
  const event: Made<ErrorEvent> = {
    event_id: EventId.fromContent(['error', traceId, spanId, exception.key]),
    level: isCollectors ? 'error' : level,
  }
  if (isCollectors && exception.message !== '') {
    event.message = exception.message.slice(0, MAX_MESSAGE_CHARACTERS)
  }
  Object.assign(event, fields)
  if (tags !== undefined)
    event.tags = hasAll(tags, fields.tags) ? tags : { ...fields.tags, ...tags }
  // The platform of the stack is used only where the resource does not give one.
  event.platform = fields.platform === 'other' ? chain.platform : fields.platform
  event.timestamp = Micros.toSeconds(exception.timeMicros)
  if (transaction !== undefined) event.transaction = transaction
  event.exception = { values: chain.values }
  event.contexts = contexts
  if (request !== undefined) event.request = request
  if (user !== undefined) event.user = user
  if (breadcrumbs.length > 0) event.breadcrumbs = { values: breadcrumbs }
  const extra = extraOf(exception, chain)
  if (extra !== undefined) event.extra = extra
  // Grouped by operation and span name, since the message of a status may be any text.
  if (exception.key === STATUS) {
    event.fingerprint = ['span-status', exception.type, exception.spanName]
  }
  // All fields that an event must have are set now.
  return event as ErrorEvent
}

/** Whether the tags of a span have those of its resource, as those of `Mapping.collector` do: a copy of many takes long. */
const hasAll = (tags: Tags, ofResource: Tags): boolean => {
  for (const key in ofResource) if (tags[key] === undefined) return false
  return true
}

/** An object whose fields are being set. */
type Made<A> = { -readonly [Key in keyof A]?: A[Key] }

const extraOf = (
  { attributes, stack }: RecordedException,
  { isWhole }: ExceptionValue.ExceptionChain,
): Json.JsonObject | undefined => {
  const extra = Json.objectWithin(attributes, MAX_EXTRA_LEVELS)
  if (!isWhole) return { ...extra, 'exception.stacktrace': stack.slice(0, MAX_STACK_CHARACTERS) }
  for (const _ in extra) return extra
  return undefined
}
