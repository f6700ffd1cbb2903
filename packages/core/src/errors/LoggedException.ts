/**
 * The exception of a log record, with its trace and its span.
 * Source: OpenTelemetry semantic conventions, "Exceptions in logs".
 *
 * @example
 * ```ts
 * import { Mapping, Micros, Resource } from '@sentry-exporter/core'
 * import { LoggedException } from '@sentry-exporter/core/pipeline'
 *
 * const logged = LoggedException.of(Mapping.sentry)({
 *   traceId: undefined,
 *   spanId: undefined,
 *   timeMicros: Micros.of(1_700_000_000_000_000),
 *   severity: 17,
 *   body: 'the order was not stored',
 *   attributes: { 'exception.type': 'TypeError' },
 *   resource: Resource.of({ 'service.name': 'shop' }),
 * })
 * console.log(logged?.exception.message) // the order was not stored
 * ```
 */

import * as RecordedException from '../exception/RecordedException.ts'
import { redactor, WITHOUT_SPAN } from '../filter/redact.ts'
import * as Sensitive from '../filter/Sensitive.ts'
import { Ord } from '../internal/text/Ord.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Platform from '../mapping/Platform.ts'
import * as Attributes from '../model/Attributes.ts'
import * as EventId from '../model/EventId.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as SpanId from '../model/SpanId.ts'
import * as TraceId from '../model/TraceId.ts'
import { textOf as textOfField } from '../segment/compareCopies.ts'
import * as EventBase from '../sentry/EventBase.ts'

// model

export interface LoggedException {
  /** Hashed from the content of a record that belongs to no trace. */
  readonly traceId: TraceId.TraceId
  readonly spanId: SpanId.SpanId
  readonly base: EventBase.EventBase
  readonly exception: RecordedException.RecordedException
}

/** The parts of an exception that come from the resource of its record. */
interface SharedPart extends Pick<LoggedException, 'base'> {
  readonly given: LogRecord['resource']
  readonly language: string | undefined
}

// constructors

/** The first of the four severities of errors (OpenTelemetry, "Logs data model"). */
const MIN_ERROR_SEVERITY = 17

/** The redacted exception of a record; `undefined` for a record without one. */
export const of = (
  mapping: Mapping,
  privacy: Sensitive.Privacy = Sensitive.defaults,
): ((record: LogRecord) => LoggedException | undefined) => {
  const redact = redactor(privacy)
  const withPlatform = EventBase.withPlatforms()
  const toBase = EventBase.of(mapping)
  // The records of one resource usually follow each other, and wait: they share the values that are made of it.
  let last: SharedPart | undefined
  const sharedOf = (given: LogRecord['resource']): SharedPart => {
    if (last?.given === given) return last
    const resource = redact.resource(given)
    const language = Attributes.text(resource.attributes, 'telemetry.sdk.language')
    last = { given, base: toBase(resource), language }
    return last
  }
  return (record) => {
    if (!RecordedException.hasExceptionAttributes(record.attributes)) return undefined
    const { base, language } = sharedOf(record.resource)
    const read = RecordedException.ofAttributes(redact.attributes(record.attributes, WITHOUT_SPAN))
    const content = [read.type, read.message, read.stack, ...read.causes, String(record.timeMicros)]
    return {
      traceId: record.traceId ?? TraceId.fromContent(['log', ...content]),
      spanId: record.spanId ?? SpanId.fromContent(['log', ...content]),
      // As for spans: Cloudflare names the language among the attributes of a record.
      base:
        base.fields.platform === Platform.UNKNOWN
          ? withPlatform(base, Platform.ofSpan(record.attributes))
          : base,
      exception: {
        ...read,
        key: RecordedException.logKey(EventId.fromContent(content)),
        message: read.message === '' ? redact.text(textOf(record)) : read.message,
        timeMicros: record.timeMicros,
        isFailure: record.severity >= MIN_ERROR_SEVERITY,
        spanName: '',
        language,
      },
    }
  }
}

/** The same with the mapping of the resource of each record, where some resources have one of their own. */
export const byResource = (
  mapping: Mapping,
  mappingFor: ((resource: LogRecord['resource']) => Mapping | undefined) | undefined,
  privacy: Sensitive.Privacy,
): ReturnType<typeof of> => {
  const toLogged = of(mapping, privacy)
  if (mappingFor === undefined) return toLogged
  const others = new Map<Mapping, typeof toLogged>()
  return (record) => {
    const own = mappingFor(record.resource)
    if (own === undefined) return toLogged(record)
    const made = others.get(own) ?? of(own, privacy)
    others.set(own, made)
    return made(record)
  }
}

const textOf = ({ body }: LogRecord): string => (typeof body === 'string' ? body : '')

// instances

/** By time, trace, span and content. Zero only for equal ones. */
export const compare = (a: LoggedException, b: LoggedException): number =>
  a.exception.timeMicros - b.exception.timeMicros ||
  Ord.compare(a.traceId, b.traceId) ||
  Ord.compare(a.spanId, b.spanId) ||
  Ord.compare(a.exception.key, b.exception.key) ||
  (a === b ? 0 : Ord.compare(textOfField(a), textOfField(b)))
