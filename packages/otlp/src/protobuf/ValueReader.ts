/**
 * Attribute values and lists of attributes. Hot: runs once for each attribute.
 * Source: `opentelemetry/proto/common/v1/common.proto`.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import { MAX_LEVELS } from '../json/nesting.ts'
import * as Text from './Text.ts'
import * as Wire from './Wire.ts'

// model

const KEY = Wire.tag(1, Wire.BYTES)
const VALUE = Wire.tag(2, Wire.BYTES)

const STRING = Wire.tag(1, Wire.BYTES)
const BOOL = Wire.tag(2, Wire.VARINT)
const INT = Wire.tag(3, Wire.VARINT)
const DOUBLE = Wire.tag(4, Wire.FIXED64)
const ARRAY = Wire.tag(5, Wire.BYTES)
const MAP = Wire.tag(6, Wire.BYTES)
const BINARY = Wire.tag(7, Wire.BYTES)

/** The only field of `ArrayValue` and of `KeyValueList`. */
const VALUES = Wire.tag(1, Wire.BYTES)

/** A message with attributes, while it is read. */
export interface WithAttributes {
  readonly attributes: Record<string, Attributes.AttributeValue>
  /** The number of attributes so far, also of those that are left out or repeat a key. */
  attributeCount: number
  /** Keys whose values are whole numbers that were sent as doubles. */
  doubles: Array<string> | undefined
}

// constructors

export const noAttributes = (): WithAttributes => ({
  attributes: {},
  attributeCount: 0,
  doubles: undefined,
})

// decoding

/** Reads the current value into the attributes of a message. One that cannot be read is left out. `name` is that of the list. */
export const attributeOf = (
  wire: Wire.Wire,
  found: WithAttributes,
  path = '',
  name = 'attributes',
): void => {
  const index = found.attributeCount++
  const key = pair(wire, found.attributes, 0)
  if (key === undefined) Wire.skip(wire, `${path}.${name}[${index}]`)
  else if (wire.tag === DOUBLE && Number.isInteger(found.attributes[key])) {
    if (found.doubles === undefined) found.doubles = [key]
    else found.doubles.push(key)
  }
}

/**
 * Reads the current value, a key with its value, into a record. The last value of a repeated key wins. Returns the key;
 * `undefined` with the failure in the wire. Leaves the tag of the value's member in the wire.
 */
const pair = (
  wire: Wire.Wire,
  found: Record<string, Attributes.AttributeValue>,
  level: number,
): string | undefined => {
  const end = wire.stop
  let key = ''
  let value: Attributes.AttributeValue = null
  let member = 0
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === KEY) key = Text.key(wire)
    else if (wire.tag === VALUE) {
      value = anyValue(wire, level, value)
      member = wire.tag
      if (wire.failure !== undefined) Wire.inside(wire, '.value')
    }
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) return undefined
  Json.set(found, key, value)
  wire.tag = member
  return key
}

/**
 * Reads the current value, an `AnyValue`. The last member of the choice wins; a list or a map that is sent in parts is merged
 * with `before`. Leaves the tag of the member in the wire.
 */
export const anyValue = (
  wire: Wire.Wire,
  level: number,
  before: Attributes.AttributeValue = null,
): Attributes.AttributeValue => {
  const end = wire.stop
  let value = before
  let member = wire.tag
  while (Wire.next(wire, end)) {
    const { stop } = wire
    // Fields behind the last member are unknown ones.
    if (wire.tag <= BINARY) member = wire.tag
    value = choice(wire, level, value)
    wire.pbf.pos = stop
  }
  wire.tag = member
  return value
}

const choice = (
  wire: Wire.Wire,
  level: number,
  before: Attributes.AttributeValue,
): Attributes.AttributeValue => {
  switch (wire.tag) {
    case STRING:
      return Text.text(wire)
    case BOOL:
      return Wire.bool(wire)
    case INT:
      return Wire.int64(wire)
    case DOUBLE:
      return Wire.double(wire)
    case ARRAY:
      return list(wire, level, before)
    case MAP:
      return map(wire, level, before)
    case BINARY:
      return wire.bytes.slice(wire.start, wire.stop)
    default:
      return before
  }
}

const list = (
  wire: Wire.Wire,
  level: number,
  before: Attributes.AttributeValue,
): Attributes.AttributeValue => {
  if (isTooDeep(wire, level)) return null
  // A list that came before in the same value was made by this reader: it is extended in place, in linear time.
  const found = (Array.isArray(before) ? before : []) as Array<Attributes.AttributeValue>
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === VALUES) {
      const value = anyValue(wire, level + 1)
      if (wire.failure !== undefined) Wire.inside(wire, `.arrayValue.values[${found.length}]`)
      found.push(value)
    }
    wire.pbf.pos = stop
  }
  return found
}

const map = (
  wire: Wire.Wire,
  level: number,
  before: Attributes.AttributeValue,
): Attributes.AttributeValue => {
  if (isTooDeep(wire, level)) return null
  // As in `list`: this reader made the map that came before.
  const found = (Attributes.isMap(before) ? before : {}) as Record<
    string,
    Attributes.AttributeValue
  >
  const end = wire.stop
  for (let index = 0; Wire.next(wire, end); ) {
    const { stop } = wire
    if (wire.tag === VALUES && pair(wire, found, level + 1) === undefined) {
      Wire.inside(wire, `.kvlistValue.values[${index}]`)
    }
    index++
    wire.pbf.pos = stop
  }
  return found
}

const isTooDeep = (wire: Wire.Wire, level: number): boolean => {
  if (level < MAX_LEVELS) return false
  wire.nested++
  return true
}
