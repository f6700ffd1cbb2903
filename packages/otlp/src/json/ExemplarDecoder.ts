/** Decodes the exemplars of a point. One without a number is left out, and so is an id that cannot be read. */
import type { Exemplar } from '@sentry-exporter/core/Metric'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Identifier from './Identifier.ts'
import * as PointValue from './PointValue.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** To be called for a point without a failure. */
export const decodeAll = (cursor: Cursor.Cursor, value: unknown): ReadonlyArray<Exemplar> => {
  const values = Scalar.list(cursor, value, '.exemplars')
  const found: Array<Exemplar> = []
  for (let i = 0; i < values.length; i++) {
    const known = cursor.places.length
    const one = values[i]
    const exemplar = Scalar.isFields(one) ? decode(cursor, one) : undefined
    if (exemplar !== undefined) found.push(exemplar)
    else if (Scalar.isFields(one)) Cursor.skipFailure(cursor)
    else Cursor.skip(cursor, '', 'an object', one)
    if (cursor.places.length > known) Cursor.inside(cursor, known, `.exemplars[${i}]`)
  }
  return found
}

/** `undefined` with the failure in the cursor. */
const decode = (cursor: Cursor.Cursor, value: Scalar.JsonFields): Exemplar | undefined => {
  const number = PointValue.number(cursor, value)
  if (number === undefined) return undefined
  const time = value['timeUnixNano'] ?? value['time_unix_nano']
  const rawAttributes = value['filteredAttributes'] ?? value['filtered_attributes']
  return {
    value: number,
    timeMicros: Scalar.time(cursor, time, '.timeUnixNano'),
    timeNanos: Scalar.nanosAfter(time),
    traceId: Identifier.optionalTraceId(cursor, value['traceId'] ?? value['trace_id']),
    spanId: Identifier.optionalSpanId(cursor, value['spanId'] ?? value['span_id']),
    attributes: AnyValue.attributes(cursor, rawAttributes, '.filteredAttributes'),
  }
}
