/** The attributes of items that hooks of users get and give. */
import * as Form from '../filter/Form.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// transformations

/** A copy, in which a hook may write: items of one resource share its lists. */
export const copyAttributes = (
  attributes: TypedAttribute.ItemAttributes,
): TypedAttribute.ItemAttributes =>
  Object.fromEntries(Object.entries(attributes).map(([key, attribute]) => [key, copied(attribute)]))

const copied = (attribute: TypedAttribute.TypedAttribute): TypedAttribute.TypedAttribute =>
  attribute.type === 'array' ? { value: [...attribute.value], type: 'array' } : { ...attribute }

// decoding

const isElement = (value: unknown): value is string | boolean | number | null =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

const integer: Form.Form<number | bigint> = (value, path, reading) => {
  if (typeof value === 'bigint' && TypedAttribute.isLong(value)) return value
  return Number.isSafeInteger(value) && typeof value === 'number'
    ? value
    : Form.wrong(value, path, reading, 'an integer of 64 bits')
}

const array: Form.Form<ReadonlyArray<TypedAttribute.Element>> = (value, path, reading) => {
  const copy = Array.isArray(value) ? Array.from<unknown>(value) : undefined
  return copy?.every(isElement) && TypedAttribute.isFlat(copy)
    ? copy
    : Form.wrong(value, path, reading, 'a list of values of one type')
}

/** By the type that an attribute states. */
const VALUES: Readonly<Record<TypedAttribute.TypedAttribute['type'], Form.Form<unknown>>> = {
  string: Form.text,
  boolean: Form.boolean,
  double: Form.number,
  integer,
  array,
}

const types: Form.Form<TypedAttribute.TypedAttribute['type']> = Form.oneOf([
  'string',
  'boolean',
  'integer',
  'double',
  'array',
])

const attribute: Form.Form<TypedAttribute.TypedAttribute> = (value, path, reading) => {
  if (!Form.isPlainObject(value)) return Form.wrong(value, path, reading, 'an attribute')
  const { type: givenType, value: given } = value
  const type = types(givenType, `${path}.type`, reading)
  if (type === undefined) return undefined
  const copy = VALUES[type](given, `${path}.value`, reading)
  // The form of the type read the value.
  return copy === undefined ? undefined : ({ value: copy, type } as TypedAttribute.TypedAttribute)
}

export const attributes: Form.Form<TypedAttribute.ItemAttributes> = Form.record(attribute)
