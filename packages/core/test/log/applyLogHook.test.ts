import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as HookFailure from '../../src/filter/HookFailure.ts'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import { applyLogHook as _ } from '../../src/log/applyLogHook.ts'
import type { LogItem } from '../../src/log/LogItem.ts'
import type { LogItemsOptions } from '../../src/log/logItems.ts'
import { itemOf, record, run } from './records.ts'

/** A hook of a program without types. */
const untyped = (hook: (item: LogItem) => unknown): NonNullable<LogItemsOptions['hook']> =>
  // Programs in JavaScript may return anything.
  hook as NonNullable<LogItemsOptions['hook']>

const some = <A>(value: A): { readonly _tag: 'Some'; readonly value: A } => ({
  _tag: 'Some',
  value,
})

const hooks = suite('applyLogHook')

hooks('drops an item, and counts it', () => {
  const { items, losses, failures } = run([record(), record({ body: 'other' })], {
    hook: (item) => (item.body === 'other' ? { _tag: 'None' } : some(item)),
  })
  assert.equal([items.length, losses, failures], [1, { before_send_log: 1 }, undefined])
})

hooks('keeps the nanoseconds, which are a part of the time', () => {
  const key = 'sentry.timestamp.sequence'
  const changed = { value: 5, type: 'integer' } as const
  for (const attributes of [{ [key]: changed }, {}]) {
    const item = itemOf({ timeNanos: 789 }, { hook: (one) => some({ ...one, attributes }) })
    assert.equal(item.attributes[key], { value: 789, type: 'integer' })
  }
  const item = itemOf({}, { hook: (one) => some({ ...one, attributes: { [key]: changed } }) })
  assert.is(item.attributes[key], undefined)
})

hooks('changes the level, the body and the attributes', () => {
  const item = itemOf(
    {},
    {
      hook: ({ attributes: _given, ...others }) =>
        some({
          ...others,
          level: 'fatal',
          body: 'changed',
          attributes: { big: TypedAttribute.of(2n ** 60n), list: TypedAttribute.of(['a']) },
        }),
    },
  )
  assert.is(item.level, 'fatal')
  assert.is(item.body, 'changed')
  assert.equal(item.attributes, {
    big: { value: Number(2n ** 60n), type: 'integer' },
    list: { value: ['a'], type: 'array' },
  })
})

hooks('changes no id and no time', () => {
  const given = itemOf({})
  const item = itemOf(
    {},
    {
      hook: untyped((one) =>
        some({ ...one, timestamp: 1, trace_id: 'x', span_id: undefined, other: 1 }),
      ),
    },
  )
  assert.equal(item, given)
})

hooks('gets a copy, in which it may write; items share nothing with it', () => {
  const shared = resource('shop', { tags: ['a', 'b'] })
  const records = [1, 2].map((n) => record({ resource: shared, attributes: { n, own: ['c'] } }))
  const clean = run(records).items
  const { items } = run(records, {
    hook: untyped((item) => {
      for (const attribute of Object.values(item.attributes)) {
        if (attribute.type === 'array') Object.assign(attribute.value, { 0: 'changed' })
        Object.assign(attribute, { value: attribute.value })
      }
      Object.assign(item.attributes, { 'resource.service.name': TypedAttribute.of('changed') })
      return some(item)
    }),
  })
  assert.equal(run(records).items, clean)
  for (const { text } of items) {
    const { attributes } = JSON.parse(text)
    assert.equal(attributes['resource.tags'].value, ['changed', 'b'])
    assert.equal(attributes['own'].value, ['changed'])
    assert.is(attributes['resource.service.name'].value, 'changed')
  }
  // An answer other than its argument shows what the second item got.
  const seen: Array<unknown> = []
  run(records, {
    hook: untyped((item) => {
      seen.push(JSON.stringify(item.attributes['resource.tags']))
      const { value } = item.attributes['resource.tags'] ?? {}
      if (Array.isArray(value)) value.push('more')
      return some(item)
    }),
  })
  assert.is(seen[0], seen[1])
})

const withAttribute = (attribute: unknown) => (item: LogItem) =>
  some({ ...item, attributes: { a: attribute } })

/** The deed of a hook, and a part of the text of its failure. */
const FAULTS: ReadonlyArray<readonly [string, (item: LogItem) => unknown, string]> = [
  [
    'throws',
    () => {
      throw new Error('a fault')
    },
    'a fault',
  ],
  ['returns a promise', () => Promise.resolve(1), 'promise'],
  ['returns a promise that rejects', () => Promise.reject(new Error('later')), 'promise'],
  ['returns nothing', () => undefined, 'Option'],
  ['returns the item itself', (item) => item, 'Option'],
  ['returns a promise in an Option', (item) => some(Promise.resolve(item)), 'promise'],
  ['returns an unknown level', (item) => some({ ...item, level: 'loud' }), 'level'],
  ['returns a number as the body', (item) => some({ ...item, body: 7 }), 'body'],
  ['returns no body', ({ body: _body, ...item }) => some(item), 'body'],
  ['returns no attributes', ({ attributes: _all, ...item }) => some(item), 'attributes'],
  ['returns a plain value as an attribute', withAttribute('x'), 'attributes.a'],
  ['returns an unknown type', withAttribute({ value: 1, type: 'number' }), 'attributes.a.type'],
  ['returns no type', withAttribute({ value: 1 }), 'attributes.a'],
  [
    'returns a text as an integer',
    withAttribute({ value: '1', type: 'integer' }),
    'attributes.a.value',
  ],
  [
    'returns a fraction as an integer',
    withAttribute({ value: 1.5, type: 'integer' }),
    'attributes.a',
  ],
  ['returns 1e20 as an integer', withAttribute({ value: 1e20, type: 'integer' }), 'attributes.a'],
  ['returns 2^63', withAttribute({ value: 2n ** 63n, type: 'integer' }), 'attributes.a.value'],
  ['returns NaN', withAttribute({ value: Number.NaN, type: 'double' }), 'attributes.a.value'],
  ['returns an integer as a double', withAttribute({ value: 1n, type: 'double' }), 'attributes.a'],
  ['returns null', withAttribute({ value: null, type: 'string' }), 'attributes.a.value'],
  ['returns a mixed list', withAttribute({ value: [1, 'a'], type: 'array' }), 'attributes.a.value'],
  ['returns a nested list', withAttribute({ value: [[1]], type: 'array' }), 'attributes.a.value'],
  [
    'returns a sparse list',
    withAttribute({ value: Array(2), type: 'array' }),
    'attributes.a.value',
  ],
  [
    'returns a value that throws',
    (item) =>
      some({
        ...item,
        get body() {
          throw new Error('no')
        },
      }),
    '',
  ],
]

for (const [title, hook, place] of FAULTS) {
  hooks(`a hook that ${title} drops its item alone, with its place`, () => {
    const { items, losses, failures } = run([record(), record({ body: 'good' })], {
      hook: untyped((item) => (item.body === 'good' ? some(item) : hook(item))),
    })
    assert.equal([items.length, losses], [1, { hook_failed_log: 1 }])
    assert.is(failures?.length, 1)
    const shown = (failures ?? []).map(HookFailure.show).join()
    assert.match(shown, 'beforeSendLog')
    assert.match(shown, place)
  })
}

hooks('takes whole doubles, and integers of 64 bits', () => {
  const attributes = {
    double: { value: 2, type: 'double' },
    integer: { value: 2n ** 63n - 1n, type: 'integer' },
    empty: { value: [], type: 'array' },
    numbers: { value: [1, null, 2.5], type: 'array' },
  } as const
  const { items } = run([record()], { hook: (item) => some({ ...item, attributes }) })
  const [{ text } = { text: '' }] = items
  assert.match(text, '"double":{"value":2.0,"type":"double"}')
  assert.match(text, '"integer":{"value":9223372036854775807,"type":"integer"}')
  assert.match(text, '"empty":{"value":[],"type":"array"}')
  assert.match(text, '"numbers":{"value":[1,null,2.5],"type":"array"}')
})

hooks('names each failure once', () => {
  const { losses, failures } = run([record(), record(), record()], { hook: untyped(() => 7) })
  assert.equal([losses, failures?.length], [{ hook_failed_log: 3 }, 1])
})

hooks('gives the answer of the hook as an Either', () => {
  const item: LogItem = JSON.parse(run([record()]).items[0]?.text ?? '')
  assert.is(_(() => ({ _tag: 'None' }))(item)._tag, 'Right')
  assert.is(_(untyped(() => 7))(item)._tag, 'Left')
})

hooks.run()
