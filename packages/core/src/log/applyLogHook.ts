/** Runs the hook of users on a log item. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Form from '../filter/Form.ts'
import * as Hook from '../filter/Hook.ts'
import type * as HookFailure from '../filter/HookFailure.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { LogItem } from './LogItem.ts'
import * as LogLevel from './LogLevel.ts'

// transformations

/** `none` if the hook dropped it. The hook gets a copy, in which it may write. Ids and times of an item that comes back stay. */
export const applyLogHook =
  (hook: Hook.Hook<LogItem>) =>
  (item: LogItem): E.Either<HookFailure.HookFailure, O.Option<LogItem>> => {
    const answer = Hook.ask('beforeSendLog', itemForm, () => hook(copied(item)))
    return E.map(
      O.map(({ level, body, attributes }: LogItem) => ({ ...item, level, body, attributes })),
    )(answer)
  }

const copied = (item: LogItem): LogItem => ({
  ...item,
  attributes: Object.fromEntries(
    Object.entries(item.attributes).map(([key, attribute]) => [key, copiedAttribute(attribute)]),
  ),
})

/** Items of one resource share its lists. */
const copiedAttribute = (
  attribute: TypedAttribute.TypedAttribute,
): TypedAttribute.TypedAttribute =>
  attribute.type === 'array' ? { value: [...attribute.value], type: 'array' } : { ...attribute }

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

const attributeForm: Form.Form<TypedAttribute.TypedAttribute> = (value, path, reading) => {
  if (!Form.isPlainObject(value)) return Form.wrong(value, path, reading, 'an attribute')
  const { type: givenType, value: given } = value
  const type = types(givenType, `${path}.type`, reading)
  if (type === undefined) return undefined
  const copy = VALUES[type](given, `${path}.value`, reading)
  // The form of the type read the value.
  return copy === undefined ? undefined : ({ value: copy, type } as TypedAttribute.TypedAttribute)
}

const itemForm: Form.Form<LogItem> = Form.struct<LogItem>(
  {
    timestamp: Form.ignored,
    trace_id: Form.ignored,
    span_id: Form.ignored,
    level: Form.oneOf(LogLevel.levels),
    body: Form.text,
    attributes: Form.record(attributeForm),
  },
  ['span_id'],
)
