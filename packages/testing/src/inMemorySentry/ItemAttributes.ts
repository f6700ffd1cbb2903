/**
 * The typed attributes of items in containers. The server removes one whose value does not have its type.
 * Source: `relay-event-normalization/src/eap/mod.rs` of getsentry/relay.
 */
import * as Fields from './Fields.ts'
import * as Verdict from './Verdict.ts'

// model

const NUMBER_BYTES = 8

// folds

/** The attributes that are removed. */
export const cuts = (attributes: unknown, path: string): ReadonlyArray<Verdict.Cut> =>
  Fields.isFields(attributes)
    ? Object.entries(attributes).flatMap(([key, attribute]) =>
        Verdict.unless(isAttribute(attribute), `${path}.${key}`, 'invalid'),
      )
    : Verdict.unless(Fields.isAbsent(attributes), path, 'invalid')

/** As the server counts them for the categories of bytes, with their keys. */
export const bytesOf = (attributes: unknown): number =>
  Object.entries(Fields.isFields(attributes) ? attributes : {}).reduce(
    (sum, [key, attribute]) => sum + valueBytes(key) + valueBytes(Fields.field(attribute, 'value')),
    0,
  )

/** The same for any value. */
export const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  if (typeof value === 'boolean') return 1
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + valueBytes(element), 0)
  }
  return typeof value === 'number' ? NUMBER_BYTES : 0
}

// guards

/** Whether a value has the type that it states. */
export const isAttribute = (attribute: unknown): boolean => {
  const value = Fields.field(attribute, 'value')
  switch (Fields.field(attribute, 'type')) {
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'double':
      return typeof value === 'number'
    case 'integer':
      return Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 63
    case 'array':
      return Array.isArray(value) && isFlat(value)
    default:
      return false
  }
}

/** Scalars of one type, and nulls. */
const isFlat = (list: ReadonlyArray<unknown>): boolean => {
  const types = new Set(list.filter((one) => one !== null).map((one) => typeof one))
  return types.size <= 1 && [...types].every((type) => /^(?:string|boolean|number)$/.test(type))
}
