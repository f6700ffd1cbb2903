/**
 * The processors `attributes` and `resource`. Source: `processor/attributesprocessor`, `processor/resourceprocessor` and
 * `internal/coreinternal/attraction` of open-telemetry/opentelemetry-collector-contrib.
 */
import type { AttributeValue } from '@sentry-exporter/core/Attributes'
import * as TH from '#fp-ts/These'
import type { ActionSource, AttributeAction } from '../../processor/AttributeAction.ts'
import { goExpression } from '../../processor/goExpression.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import {
  type Codec,
  checked,
  type Decoded,
  fail,
  type Given,
  instance,
  isAbsent,
  mapWith,
  optional,
  succeed,
} from '../codec/Codec.ts'
import { field, list, struct } from '../codec/collections.ts'
import { anything, filled, leaf, oneOf, textOf } from '../codec/scalars.ts'

// decoding

const pattern: Codec<RegExp> = leaf({
  expected: 'a regular expression in the syntax that Go and JavaScript share',
  read: (node) => {
    const text = textOf(node)
    return text === undefined || text === '' ? undefined : goExpression(text)
  },
})

const actionName = oneOf('insert', 'update', 'upsert', 'delete', 'hash', 'extract', 'convert')

const attributeName = filled('the name of an attribute')

const fields = struct({
  key: optional(attributeName),
  action: actionName,
  value: anything,
  from_attribute: optional(attributeName),
  from_context: optional(filled('the name of a value of the request')),
  pattern: optional(pattern),
  converted_type: optional(oneOf('int', 'double', 'string')),
})

type Fields = typeof fields extends Codec<infer A> ? A : never

type FieldName = 'key' | 'value' | 'from_attribute' | 'pattern' | 'converted_type'

const SOURCES: ReadonlyArray<FieldName> = ['value', 'from_attribute']

/** The fields that an action takes; it needs those that are not optional. */
const TAKES: Readonly<Record<Fields['action'], ReadonlyArray<FieldName>>> = {
  insert: ['key', ...SOURCES],
  update: ['key', ...SOURCES],
  upsert: ['key', ...SOURCES],
  delete: ['key', 'pattern'],
  hash: ['key', 'pattern'],
  extract: ['key', 'pattern'],
  convert: ['key', 'converted_type'],
}

const NAMES: ReadonlyArray<FieldName> = [
  'key',
  'value',
  'from_attribute',
  'pattern',
  'converted_type',
]

const unsupportedContext: ConfigProblem.Finding = {
  _tag: 'Unsupported',
  subject: 'from_context',
  advice: 'values of the request are not kept; keep the Collector in front for it',
}

const action: Codec<AttributeAction> = {
  decode: (given) => {
    const checkedFields = checked(fields, (read) => [
      ...(read.from_context === undefined
        ? []
        : [ConfigProblem.error(field(given, 'from_context'), unsupportedContext)]),
      ...superfluous(read, given),
    ])
    return instance.chain(checkedFields.decode(given), (read) => actionOf(read, given))
  },
}

const superfluous = (read: Fields, given: Given): ConfigProblem.ConfigProblems =>
  NAMES.filter((name) => !TAKES[read.action].includes(name) && !isAbsent(field(given, name))).map(
    (name) =>
      ConfigProblem.error(field(given, name), {
        _tag: 'Conflict',
        message: `the action ${read.action} has no ${name}`,
      }),
  )

const missing = (given: Given, expected: string): Decoded<never> =>
  fail(given, { _tag: 'Missing', expected, reference: undefined })

const actionOf = (read: Fields, given: Given): Decoded<AttributeAction> => {
  const { key, action: name } = read
  switch (name) {
    case 'delete':
    case 'hash':
      return key === undefined && read.pattern === undefined
        ? missing(given, `key or pattern for the action ${name}`)
        : succeed({
            _tag: name === 'hash' ? 'Hash' : 'Delete',
            key,
            pattern: read.pattern,
          })
    case 'convert':
      return key === undefined || read.converted_type === undefined
        ? missing(given, 'key and converted_type for the action convert')
        : succeed({ _tag: 'Convert', key, to: read.converted_type })
    case 'extract':
      return key === undefined || read.pattern === undefined
        ? missing(given, 'key and pattern for the action extract')
        : extraction(key, read.pattern, field(given, 'pattern'))
    default:
      return key === undefined
        ? missing(given, `key for the action ${name}`)
        : instance.map(sourceOf(read, given), (source) => ({
            _tag: TAGS[name],
            key,
            source,
          }))
  }
}

const TAGS: Readonly<Record<'insert' | 'update' | 'upsert', 'Insert' | 'Update' | 'Upsert'>> = {
  insert: 'Insert',
  update: 'Update',
  upsert: 'Upsert',
}

/** All groups have names, as in the Collector. */
const extraction = (key: string, expression: RegExp, given: Given): Decoded<AttributeAction> => {
  const groups = expression.source.match(/(?<!\\)\((?!\?(?!<[^=!]))/g)?.length ?? 0
  const named = expression.source.match(/\(\?<[^=!]/g)?.length ?? 0
  return named > 0 && named === groups
    ? succeed({ _tag: 'Extract', key, pattern: expression })
    : fail(given, {
        _tag: 'BadValue',
        expected: 'a regular expression with named groups only, as (?P<name>...)',
        found: 'one with other groups, or without any',
      })
}

const sourceOf = (read: Fields, given: Given): Decoded<ActionSource> => {
  const hasValue = !isAbsent(field(given, 'value'))
  const from = read.from_attribute
  if (hasValue === (from !== undefined)) {
    return fail(given, {
      _tag: 'Conflict',
      message: `the action ${read.action} needs either value or from_attribute`,
    })
  }
  return from === undefined
    ? // The tree holds texts, numbers, booleans, null, lists and maps: all are values of attributes.
      TH.right({ _tag: 'Value', value: read.value as AttributeValue })
    : succeed({ _tag: 'Attribute', key: from })
}

const actions: Codec<ReadonlyArray<AttributeAction>> = checked(
  list(action, 'a list of actions'),
  (read, given) =>
    read.length > 0
      ? []
      : [
          ConfigProblem.error(given, {
            _tag: 'Missing',
            expected: 'at least one action',
            reference: undefined,
          }),
        ],
)

const selection: Codec<undefined> = {
  decode: (given) =>
    isAbsent(given)
      ? succeed(undefined)
      : fail(given, {
          _tag: 'Unsupported',
          subject: 'a selection of spans',
          advice: 'the actions change all of them; keep the Collector in front for it',
        }),
}

export const attributesProcessor: Codec<ReadonlyArray<AttributeAction>> = mapWith(
  struct({ actions, include: selection, exclude: selection }),
  (processor) => processor.actions,
)

export const resourceProcessor: Codec<ReadonlyArray<AttributeAction>> = mapWith(
  struct({ attributes: actions }),
  (processor) => processor.attributes,
)
