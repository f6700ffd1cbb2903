/**
 * A Sentry error made from what was thrown in a span.
 * Source: `develop-docs/sdk/telemetry/errors.mdx` of getsentry/sentry-docs, `relay-event-schema/src/protocol` of
 * getsentry/relay; OpenTelemetry semantic conventions, "Exceptions on spans".
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { readStack } from '../exception/readStack.ts'
import * as Hash from '../internal/Hash.ts'
import type { Tags } from '../mapping/Tags.ts'
import type { EventId } from '../model/EventId.ts'
import type { JsonObject } from '../model/Json.ts'
import * as Micros from '../model/Micros.ts'
import type * as Breadcrumb from './Breadcrumb.ts'
import type * as Contexts from './Contexts.ts'
import type * as EventBase from './EventBase.ts'
import * as ExceptionValue from './ExceptionValue.ts'
import type { Request } from './Request.ts'
import type { User } from './User.ts'

// model

export interface ErrorEvent extends EventBase.EventFields {
  readonly event_id: EventId
  readonly level: 'error' | 'warning'
  /** Seconds since 1970. */
  readonly timestamp: number
  /** The name of the transaction it happened in; absent where that is not known yet. */
  readonly transaction?: string
  readonly exception: { readonly values: ReadonlyArray<ExceptionValue.ExceptionValue> }
  readonly contexts: Contexts.Contexts
  /** Whose request it was, as on the transaction. */
  readonly request?: Request
  readonly user?: User
  /** What happened before in the same segment. */
  readonly breadcrumbs?: Breadcrumb.Breadcrumbs
  /** What was recorded beside the exception, and the text of its stack where that could not be read in whole. */
  readonly extra?: JsonObject
  readonly fingerprint?: ReadonlyArray<string>
}

/** What is known of an error beside the exception itself. */
export interface Circumstances {
  readonly base: EventBase.EventBase
  /** Those of its span, beside those of the base. */
  readonly tags?: Tags | undefined
  readonly request?: Request | undefined
  readonly user?: User | undefined
  readonly contexts: Contexts.Contexts
  readonly level: ErrorEvent['level']
  readonly handled: boolean | undefined
  readonly transaction: string | undefined
  readonly breadcrumbs: ReadonlyArray<Breadcrumb.Breadcrumb>
}

// constructors

export const of = (
  thrown: RecordedException.RecordedException,
  circumstances: Circumstances,
): ErrorEvent => {
  const { base, tags, contexts, level, handled, transaction, request, user, breadcrumbs } =
    circumstances
  const { trace_id: traceId, span_id: spanId } = contexts.trace
  const { platform, exceptions, isWhole } = readStack(thrown)
  const { fields } = base
  const isStatus = thrown.key === RecordedException.STATUS
  const extra = {
    ...thrown.attributes,
    ...(isWhole ? {} : { 'exception.stacktrace': thrown.stack.slice(0, MAX_RAW) }),
  }
  return {
    event_id: Hash.toEventId(['error', traceId, spanId, thrown.key]),
    level,
    ...fields,
    ...(tags === undefined ? {} : { tags: { ...fields.tags, ...tags } }),
    // What threw it knows better than the resource only where that says nothing.
    platform: fields.platform === 'other' ? platform : fields.platform,
    timestamp: Micros.toSeconds(thrown.time),
    ...(transaction === undefined ? {} : { transaction }),
    exception: {
      values: ExceptionValue.ofParsed({ platform, handled, isSynthetic: isStatus })(exceptions),
    },
    contexts,
    ...(request === undefined ? {} : { request }),
    ...(user === undefined ? {} : { user }),
    ...(breadcrumbs.length === 0 ? {} : { breadcrumbs: { values: breadcrumbs } }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
    // Its type is the operation and how that ended, its message may be anything.
    ...(isStatus ? { fingerprint: ['span-status', thrown.type, thrown.spanName] } : {}),
  }
}

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs`). */
const MAX_RAW = 16_000
