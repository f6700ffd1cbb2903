/** The trace of an item that has none: Sentry wants one for each. */
import type * as Micros from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as TraceId from '../model/TraceId.ts'

const HOUR_MICROS = 3_600e6

/**
 * The same for the items of one kind and one instance of a service in one hour, so that they can be read as one trace; a server chooses one for
 * each item.
 */
export const itemTraceId = (
  kind: 'logs' | 'metrics',
  { namespace = '', name = '', instance = '' }: Service,
  timeMicros: Micros.Micros,
): TraceId.TraceId =>
  TraceId.fromContent([
    kind,
    namespace,
    name,
    instance,
    String(Math.floor(timeMicros / HOUR_MICROS)),
  ])
