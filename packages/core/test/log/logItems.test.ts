import { deepStrictEqual } from 'node:assert/strict'
import { resource, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import * as ItemText from '../../src/item/ItemText.ts'
import * as ItemPrinter from '../../src/item/itemPrinter.ts'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import * as LogDraft from '../../src/log/LogDraft.ts'
import * as LogItem from '../../src/log/LogItem.ts'
import { logItems as _ } from '../../src/log/logItems.ts'
import { printLog } from '../../src/log/printLog.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import * as Losses from '../../src/model/Losses.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'
import { arbitraryRecord, hasStatedType, itemOf, NOW_MILLIS, record, run } from './records.ts'

const NOW = Micros.fromMillis(NOW_MILLIS)

/** The key and the JSON of each attribute in the text of an item. */
const printedAttributes = (text: string): ReadonlyArray<readonly [string, string]> => {
  const source = text.slice(text.lastIndexOf(',"attributes":{') + ',"attributes":{'.length, -2)
  const one =
    /("(?:[^"\\]|\\.)*"):(\{"value":(?:"(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"|[^"\]])*\]|[^",]+),"type":"\w+"\}),?/gy
  return [...source.matchAll(one)].map(([, key = '', value = '']) => [JSON.parse(key), value])
}

/** Deep equality of what two texts give. `assert.equal` mistakes an attribute `constructor` for a class. */
const equalJson = (a: string | undefined, b: string | undefined): void =>
  deepStrictEqual(JSON.parse(a ?? ''), JSON.parse(b ?? ''))

const laws = suite('logItems: laws')

laws('each text is one JSON object, no key is twice in it, and values have their types', () => {
  fc.assert(
    fc.property(arbitraryRecord, (one) => {
      const { items, losses } = run([one])
      // Facts of the resource may be repaired.
      assert.equal([items.length, Losses.without('field', losses)], [1, {}])
      const { text, bytes, from } = items[0] ?? { text: '', bytes: 0, from: undefined }
      const item: LogItem.LogItem = JSON.parse(text)
      const printed = printedAttributes(text)
      assert.equal(printed.map(([key]) => key).sort(), Object.keys(item.attributes).sort())
      assert.ok(printed.every(([, value]) => hasStatedType(value)))
      assert.is(bytes, LogItem.bytesOf(item))
      assert.is(from, one.resource)
      assert.match(item.trace_id, /^[\da-f]{32}$/)
      assert.ok(Number.isFinite(item.timestamp) && item.timestamp > 0)
    }),
    { numRuns: 500 },
  )
})

laws('printing in parts equals printing the whole item', () => {
  const toDraft = LogDraft.of(Mapping.sentry)
  fc.assert(
    fc.property(arbitraryRecord, (one) => {
      const draft = toDraft(one, NOW)
      const item = ItemPrinter.whole(draft)
      const print = ItemText.attributesPrinter()
      const whole = ItemText.textOf(ItemText.of(printLog(item), print(item.attributes)))
      equalJson(run([one]).items[0]?.text, whole)
      if (ItemPrinter.hasCommonKey(draft)) return
      equalJson(
        ItemText.textOf(ItemText.of(printLog(draft.head), print(draft.own), draft.shared)),
        whole,
      )
      assert.is(draft.bytes, LogItem.bytesOf(item))
    }),
  )
})

laws(
  'the same records give the same texts, together or alone, with what was remembered or not',
  () => {
    const remembering = _({ mapping: Mapping.sentry, privacy: Sensitive.defaults })
    fc.assert(
      fc.property(fc.array(arbitraryRecord, { maxLength: 4 }), (records) => {
        const texts = run(records).items.map(({ text }) => text)
        assert.equal(remembering(records, NOW_MILLIS).items.map(ItemText.textOf), texts)
        assert.equal(
          records.map((one) => remembering([one], NOW_MILLIS).items.map(ItemText.textOf)[0]),
          texts,
        )
      }),
    )
  },
)

laws('a hook that changes nothing changes nothing', () => {
  fc.assert(
    fc.property(arbitraryRecord, (one) => {
      const hooked = run([one], { hook: (value) => ({ _tag: 'Some', value }) })
      assert.equal(Losses.without('field', hooked.losses), {})
      equalJson(hooked.items[0]?.text, run([one]).items[0]?.text)
    }),
  )
})

laws(
  'an item has at most 1 MB of JSON and of content, and is counted once if it was trimmed',
  () => {
    const letter = fc.constantFrom('a', 'é', '"', '\u0001')
    const long = fc.tuple(letter, fc.nat({ max: 3e5 })).map(([one, count]) => one.repeat(count))
    const attributes = fc.dictionary(fc.string({ maxLength: 4 }), long, { maxKeys: 3 })
    fc.assert(
      fc.property(long, attributes, attributes, fc.boolean(), (body, own, shared, isHooked) => {
        const one = record({ body, attributes: own, resource: Resource.of(shared) })
        const { items, losses } = run(
          [one],
          isHooked ? { hook: (value) => ({ _tag: 'Some', value }) } : {},
        )
        const { text = '', bytes = 0 } = items[0] ?? {}
        assert.ok(Buffer.byteLength(text) <= 1_048_576)
        assert.ok(bytes <= 1_048_576)
        const item: LogItem.LogItem = JSON.parse(text)
        assert.is(bytes, LogItem.bytesOf(item))
        const isWhole =
          item.body === body &&
          Object.keys(own).every((key) => item.attributes[key]?.value === own[key]) &&
          Object.keys(shared).every(
            (key) => item.attributes[`resource.${key}`]?.value === shared[key],
          )
        assert.equal(Losses.without('field', losses), isWhole ? {} : { trimmed: 1 })
      }),
      { numRuns: 40 },
    )
  },
)

laws.run()

const trims = suite('logItems: trimming')

const LARGE: ReadonlyArray<readonly [string, Partial<LogRecord>]> = [
  ['a body of 3 MB', { body: 'a'.repeat(3e6) }],
  ['a body of 3 MB that is a map', { body: { text: 'é'.repeat(15e5) } }],
  ['a body of control characters', { body: '\u0001'.repeat(5e5) }],
  ['attributes of 1 MB', { attributes: { a: 'a'.repeat(1e6), b: 1 } }],
  ['attributes of control characters', { attributes: { a: '\u0001'.repeat(2e6) } }],
  ['a long key', { attributes: { ['k'.repeat(1e6)]: 1 } }],
  ['a long list', { attributes: { a: Array.from({ length: 2e5 }, () => 7) } }],
  [
    'many attributes',
    {
      attributes: Object.fromEntries(
        Array.from({ length: 5e4 }, (_unused, index) => [`${index}`, true]),
      ),
    },
  ],
  ['a long name of its event', { eventName: 'e'.repeat(1e6) }],
  ['a huge resource', { resource: resource('shop', { a: 'é'.repeat(1e6), b: [1, 'x'] }) }],
  [
    'a huge scope',
    {
      scope: {
        name: 'n'.repeat(1e6),
        version: 'v'.repeat(1e6),
        attributes: { a: 'a'.repeat(1e6) },
      },
    },
  ],
  [
    'all of them',
    {
      body: '€'.repeat(1e6),
      attributes: { a: 'a'.repeat(1e6) },
      resource: resource('shop', { a: 'é'.repeat(1e6) }),
    },
  ],
]

for (const [title, fields] of LARGE) {
  trims(`${title}: the item is within the limits, and is counted once`, () => {
    const { items, losses } = run([record(fields), record()])
    assert.equal(losses, { trimmed: 1 })
    assert.is(items.length, 2)
    const { text = '', bytes = 0 } = items[0] ?? {}
    const item: LogItem.LogItem = JSON.parse(text)
    assert.ok(Buffer.byteLength(text) <= 1_048_576)
    assert.is(bytes, LogItem.bytesOf(item))
    assert.is(item.trace_id, traceId(1))
    assert.ok(item.body !== '')
    // No character was cut in two.
    assert.is(Buffer.from(text).toString(), text)
    assert.not.match(text, /\\ud[89a-f]/)
  })
}

trims('a trimmed item that a hook enlarges is counted once', () => {
  const { losses } = run([record({ body: 'a'.repeat(2e6) })], {
    hook: (item) => ({ _tag: 'Some', value: { ...item, body: `${item.body}${item.body}` } }),
  })
  assert.equal(losses, { trimmed: 1 })
})

trims('what a hook adds is trimmed, too', () => {
  const { items, losses } = run([record(), record()], {
    hook: (item) => ({
      _tag: 'Some',
      value: {
        ...item,
        body: 'b'.repeat(2e6),
        attributes: { a: TypedAttribute.text('a'.repeat(2e6)) },
      },
    }),
  })
  assert.equal(losses, { trimmed: 2 })
  for (const { text } of items) assert.ok(Buffer.byteLength(text) <= 1_048_576)
})

trims.run()

const facts = suite('logItems: resources and mappings')

facts('has the mapping of its resource', () => {
  const other = resource('other')
  const { items } = run([record(), record({ resource: other })], {
    mappingFor: (from) =>
      from === other ? Mapping.withRelease('own@2')(Mapping.sentry) : undefined,
  })
  assert.equal(
    items.map(({ text }) => JSON.parse(text).attributes['sentry.release'].value),
    ['shop@1.0.0', 'own@2'],
  )
})

facts('counts a function of the mapping that throws as a repair, and sends the item', () => {
  const mapping = {
    ...Mapping.sentry,
    release: () => {
      throw new Error('no release')
    },
  }
  const { items, losses, failures } = run([record()], { mapping })
  assert.equal([items.length, losses], [1, { field: 1 }])
  assert.is(failures?.length, 1)
})

facts('writes exact integers and times', () => {
  const [item] = run([
    record({
      timeMicros: Micros.of(1_700_000_000_123_456),
      timeNanos: 789,
      attributes: { big: 2n ** 53n + 1n },
    }),
  ]).items
  assert.match(item?.text ?? '', '"timestamp":1700000000.123456,')
  assert.match(item?.text ?? '', '"big":{"value":9007199254740993,"type":"integer"}')
  assert.match(item?.text ?? '', '"sentry.timestamp.sequence":{"value":789,"type":"integer"}')
})

facts('keeps keys such as __proto__', () => {
  const attributes = Object.fromEntries([
    ['__proto__', 'a'],
    ['constructor', 1],
  ])
  const item = itemOf({ attributes, resource: Resource.of(attributes) })
  for (const key of ['__proto__', 'constructor', 'resource.__proto__', 'resource.constructor']) {
    assert.ok(Object.hasOwn(item.attributes, key), key)
  }
})

facts('leaves out a record without a needed field, counts it, and sends the others', () => {
  // A program in JavaScript may make such records.
  const bad = [{}, null, 7, { ...record(), resource: undefined }] as ReadonlyArray<unknown>
  const { items, losses } = run([...bad, record()] as ReadonlyArray<LogRecord>)
  assert.equal([items.length, losses], [1, { invalid_record: bad.length }])
})

facts.run()
