/**
 * The forms of events that come back from a hook of the user. Fields that a hook cannot change are ignored; fields that this
 * package does not know must be JSON.
 */

import * as Form from '../filter/Form.ts'
import { frozen } from '../internal/frozen.ts'
import * as Dist from '../mapping/Dist.ts'
import * as Environment from '../mapping/Environment.ts'
import * as Release from '../mapping/Release.ts'
import * as Status from '../mapping/Status.ts'
import * as Tags from '../mapping/Tags.ts'
import type { Breadcrumb, Breadcrumbs } from './Breadcrumb.ts'
import type { Contexts } from './Contexts.ts'
import type { ErrorEvent } from './ErrorEvent.ts'
import type { EventFields } from './EventBase.ts'
import type { ExceptionValue, Mechanism } from './ExceptionValue.ts'
import type { Measurements } from './Measurements.ts'
import type { Request } from './Request.ts'
import type { SentryLink } from './SentryLink.ts'
import type { TraceContext } from './TraceContext.ts'
import type { User } from './User.ts'

// model

/** The fields that transactions and errors have in common. */
interface Common extends EventFields {
  readonly contexts: Contexts
  readonly request?: Request
  readonly user?: User
  readonly breadcrumbs?: Breadcrumbs
}

// constructors

const { boolean, ignored, json, jsonObject, list, number, oneOf, record, struct, text } = Form

/** The server takes numbers and truth values too. */
const tag: Form.Form<string> = (value, path, reading) =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : text(value, path, reading)

const link = struct<SentryLink>(
  {
    trace_id: Form.matching(/^[0-9a-fA-F]{32}$/, 'the id of a trace'),
    span_id: Form.matching(/^[0-9a-fA-F]{16}$/, 'the id of a span'),
    sampled: boolean,
    attributes: jsonObject,
  },
  ['attributes', 'sampled'],
)

const trace = struct<TraceContext>(
  {
    trace_id: ignored,
    span_id: ignored,
    parent_span_id: ignored,
    client_sample_rate: ignored,
    op: text,
    description: text,
    status: oneOf(Status.all),
    origin: Form.matching(/^[a-zA-Z0-9_.]{1,128}$/, 'letters, digits, "_" and "."'),
    data: jsonObject,
    links: list(link),
  },
  ['data', 'description', 'links', 'op', 'origin', 'status'],
  json,
)

const contexts: Form.Form<Contexts> = (value, path, reading) =>
  // The contexts of a resource are objects of JSON.
  struct<Pick<Contexts, 'trace'>>({ trace }, [], jsonObject)(value, path, reading) as
    | Contexts
    | undefined

const breadcrumb = struct<Breadcrumb>(
  {
    timestamp: number,
    // Sentry knows more types and categories than this package makes.
    type: text as Form.Form<Breadcrumb['type']>,
    category: text as Form.Form<Breadcrumb['category']>,
    level: text as Form.Form<'error'>,
    message: text,
    data: jsonObject,
  },
  ['category', 'data', 'level', 'message', 'type'],
  json,
)

const request = struct<Request>(
  { method: text, url: text, query_string: text, cookies: text, headers: record(text) },
  ['cookies', 'headers', 'method', 'query_string', 'url'],
  json,
)

const PLATFORM =
  /^(as3|c|cfml|cocoa|csharp|elixir|go|groovy|haskell|java|javascript|native|node|objc|other|perl|php|python|ruby)$/

/** The fields of every event. */
export const common: { readonly [Key in keyof Common]-?: Form.Form<NonNullable<Common[Key]>> } =
  frozen({
    // The server replaces others (`relay-event-normalization/src/event.rs` of getsentry/relay).
    platform: Form.matching(PLATFORM, 'a platform of Sentry'),
    environment: text,
    release: text,
    dist: text,
    server_name: text,
    tags: record(tag),
    sdk: ignored,
    contexts,
    request,
    // Every field of a user is one of JSON.
    user: jsonObject as Form.Form<User>,
    breadcrumbs: struct<Breadcrumbs>({ values: list(breadcrumb) }, []),
  })

export const optional: ReadonlyArray<Exclude<keyof Common, 'contexts' | 'platform' | 'sdk'>> =
  frozen([
    'breadcrumbs',
    'dist',
    'environment',
    'release',
    'request',
    'server_name',
    'tags',
    'user',
  ])

export const measurements: Form.Form<Measurements> = record(
  struct<Measurements[string]>({ value: number, unit: text }, []),
)

const mechanism: Form.Form<Mechanism> = (value, path, reading) =>
  struct<{ type: string; handled?: boolean }>({ type: text, handled: boolean }, ['handled'], json)(
    value,
    path,
    reading,
    // The other fields are JSON.
  ) as Mechanism | undefined

const exception = struct<ExceptionValue>(
  {
    type: text,
    module: text,
    value: text,
    stacktrace: struct<NonNullable<ExceptionValue['stacktrace']>>(
      // Every field of a frame is one of JSON.
      { frames: list(jsonObject as Form.Form<never>) },
      [],
      json,
    ),
    mechanism,
  },
  ['mechanism', 'module', 'stacktrace', 'type', 'value'],
  json,
)

const exceptions: Form.Form<ErrorEvent['exception']['values']> = (value, path, reading) => {
  const values = list(exception)(value, path, reading)
  return values?.length === 0 ? Form.wrong(value, path, reading, 'at least one exception') : values
}

export const fingerprint: Form.Form<ReadonlyArray<string>> = list(text)

/** An error that comes back from a hook. */
export const error: Form.Form<ErrorEvent> = struct<ErrorEvent>(
  {
    ...common,
    event_id: ignored,
    timestamp: ignored,
    // Sentry knows more levels than this package makes.
    level: oneOf(['fatal', 'error', 'warning', 'info', 'debug']) as Form.Form<'error'>,
    message: text,
    transaction: text,
    exception: struct<ErrorEvent['exception']>({ values: exceptions }, []),
    extra: jsonObject,
    fingerprint,
  },
  [...optional, 'extra', 'fingerprint', 'message', 'transaction'],
  json,
)

// transformations

const MAX_OP_CHARACTERS = 128

const MAX_SERVER_NAME_CHARACTERS = 200

/** The fields of an event after its hook, repaired as those of every event. */
export const repaired = <A extends Common>(event: A, before: Common): A => {
  const { trace } = event.contexts
  const { trace_id, span_id, parent_span_id, client_sample_rate } = before.contexts.trace
  const { environment, release, dist, server_name: name } = event
  const made: Partial<Record<keyof Common, unknown>> = {
    ...event,
    environment: environment === undefined ? undefined : Environment.repair(environment),
    release: release === undefined ? undefined : Release.repair(release),
    dist: dist === undefined ? undefined : Dist.repair(dist),
    server_name: name?.trim() === '' ? undefined : name?.slice(0, MAX_SERVER_NAME_CHARACTERS),
    tags: Tags.fit(event.tags ?? {}),
    sdk: before.sdk,
    contexts: {
      ...event.contexts,
      trace: withoutAbsent({
        ...trace,
        op: trace.op?.slice(0, MAX_OP_CHARACTERS),
        trace_id,
        span_id,
        parent_span_id,
        client_sample_rate,
      }),
    },
  }
  // The fields are those of `event`, but for some that are absent.
  return withoutAbsent(made) as A
}

/** JSON leaves out what is `undefined`; values in memory would show it. */
const withoutAbsent = (
  event: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined))

/** A copy in which a hook may write. */
export const copied = <A>(value: A): A =>
  // The value is JSON, but for fields that are `undefined`, which JSON leaves out.
  structured(value) as A

const structured = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(structured)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = { ...value }
  for (const key in copy) {
    const inner = copy[key]
    if (typeof inner === 'object' && inner !== null) copy[key] = structured(inner)
  }
  return copy
}
