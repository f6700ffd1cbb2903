/** The trace of a log record that has none: Sentry wants one for each. */
import type * as Micros from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as TraceId from '../model/TraceId.ts'

const HOUR_MICROS = 3_600e6

/**
 * The same for the records of one instance of a service in one hour, so that they can be read as one trace; a server chooses one for
 * each record.
 */
export const logTraceId = (
  { namespace = '', name = '', instance = '' }: Service,
  timeMicros: Micros.Micros,
): TraceId.TraceId =>
  TraceId.fromContent([
    'logs',
    namespace,
    name,
    instance,
    String(Math.floor(timeMicros / HOUR_MICROS)),
  ])
