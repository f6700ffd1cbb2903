/** An exception that a log record holds, and where it belongs. Source: OpenTelemetry, "Exceptions in logs". */

import * as RecordedException from '../exception/RecordedException.ts'
import { redactor } from '../filter/redact.ts'
import * as Sensitive from '../filter/Sensitive.ts'
import * as Hash from '../internal/Hash.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Attributes from '../model/Attributes.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as EventBase from '../sentry/EventBase.ts'

// model

export interface LoggedException {
  /** Made of its content where the record was of no trace. */
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly base: EventBase.EventBase
  readonly thrown: RecordedException.RecordedException
}

// constructors

/** The exception of a record, without what must not be sent; `undefined` where it holds none. */
export const of = (
  mapping: Mapping,
  privacy: Sensitive.Privacy = Sensitive.defaults,
): ((record: LogRecord) => LoggedException | undefined) => {
  const clean = redactor(privacy)
  return (record) => {
    if (!RecordedException.hasExceptionAttributes(record.attributes)) return undefined
    const resource = clean.resource(record.resource)
    const said = RecordedException.ofAttributes(clean.attributes(record.attributes, false))
    const content = [said.type, said.message, said.stack, ...said.causes, String(record.time)]
    return {
      // An id of 32 digits is a trace's as well as an event's.
      traceId: record.traceId ?? (Hash.toEventId(['log', ...content]) as string as TraceId),
      spanId: record.spanId ?? Hash.toSpanId(['log', ...content]),
      base: EventBase.of(mapping)(resource),
      thrown: {
        ...said,
        key: RecordedException.logKey(Hash.toEventId(content)),
        message: said.message === '' ? textOf(record) : said.message,
        time: record.time,
        isFailure: record.severity >= ERROR,
        spanName: '',
        language: Attributes.text(resource.attributes, 'telemetry.sdk.language'),
      },
    }
  }
}

/** The first of the four severities of errors. */
const ERROR = 17

const textOf = ({ body }: LogRecord): string => (typeof body === 'string' ? body : '')
