/** Reads one event of a span. Source: `opentelemetry/proto/trace/v1/trace.proto`, `Span.Event`. */
import * as Micros from '@sentry-exporter/core/Micros'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as Text from './Text.ts'
import * as Time from './Time.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

const TIME = Wire.tag(1, Wire.FIXED64)
const NAME = Wire.tag(2, Wire.BYTES)
const ATTRIBUTE = Wire.tag(3, Wire.BYTES)
const DROPPED_ATTRIBUTES = Wire.tag(4, Wire.VARINT)

// decoding

/** Reads the current value; `undefined` with the failure in the wire. Attributes that are left out are below `path`. */
export const read = (wire: Wire.Wire, path: string): SpanEvent | undefined => {
  const end = wire.stop
  const found = ValueReader.noAttributes()
  let name = ''
  let timeMicros = Micros.zero
  let droppedAttributes = 0
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === TIME) timeMicros = Time.micros(wire)
    else if (wire.tag === NAME) name = Text.key(wire)
    else if (wire.tag === ATTRIBUTE) ValueReader.attributeOf(wire, found, path)
    else if (wire.tag === DROPPED_ATTRIBUTES) droppedAttributes = Wire.uint32(wire)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) return undefined
  return { name, timeMicros, attributes: found.attributes, droppedAttributes }
}
