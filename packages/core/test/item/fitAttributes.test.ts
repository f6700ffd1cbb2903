import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { byteLength } from '../../src/internal/text/byteLength.ts'
import { fitAttributes as _ } from '../../src/item/fitAttributes.ts'
import { attributesPrinter } from '../../src/item/ItemText.ts'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import type { AttributeValue } from '../../src/model/Attributes.ts'
import { arbitraryValue } from '../log/records.ts'

const typed = (values: ReadonlyArray<AttributeValue>): TypedAttribute.ItemAttributes =>
  Object.fromEntries(values.map((value, index) => [`key${index}`, TypedAttribute.of(value)]))

const fits = suite('fitAttributes')

fits('gives attributes within the limit themselves', () => {
  const attributes = typed(['a', 1, true])
  assert.is(_(attributes, 1_000).attributes, attributes)
  const exact = byteLength(attributesPrinter()(attributes)) + 1
  assert.is(_(attributes, exact).attributes, attributes)
  assert.not(_(attributes, exact).isTrimmed)
  assert.ok(_(attributes, exact - 10).isTrimmed)
})

fits('shortens the largest text first, and leaves a list out', () => {
  const { attributes, isTrimmed } = _(typed(['x', 'y'.repeat(3_000), [1, 2]]), 1_000)
  assert.ok(isTrimmed)
  assert.equal(Object.keys(attributes), ['key0', 'key1', 'key2'])
  assert.match(String(attributes['key1']?.value), /^y{800,1000}\.\.\.$/)
  const lists = _(typed(['x', Array.from({ length: 3_000 }, () => 1)]), 1_000)
  assert.equal(Object.keys(lists.attributes), ['key0'])
})

fits('cuts no character in two', () => {
  for (const character of ['é', '€', '😀']) {
    for (let extra = 0; extra < 4; extra++) {
      const { attributes } = _(typed([`${'-'.repeat(extra)}${character.repeat(900)}`]), 1_000)
      assert.match(
        String(attributes['key0']?.value),
        new RegExp(`^-*(?:${character})+\\.\\.\\.$`, 'u'),
      )
    }
  }
})

fits('counts the escapes of JSON, and the bytes of numbers as the server does', () => {
  for (const value of ['\u0001'.repeat(5_000), Array.from({ length: 900 }, () => 7)]) {
    const { attributes, isTrimmed } = _(typed([value]), 2_000)
    assert.ok(isTrimmed)
    assert.ok(byteLength(attributesPrinter()(attributes)) <= 2_000)
    assert.ok(TypedAttribute.bytesOfAll(attributes) <= 2_000)
  }
})

fits(
  'law: the result is within the limit, has the bytes that it states, and keeps the order',
  () => {
    const value = fc.oneof(
      arbitraryValue,
      fc
        .constantFrom('a', 'é', '"', '\u0001', '\ud800')
        .chain((character) => fc.nat({ max: 400 }).map((count) => character.repeat(count))),
      fc.array(fc.constantFrom(null, true), { maxLength: 100 }),
    )
    const dictionary = fc.dictionary(fc.string({ unit: 'binary', maxLength: 10 }), value)
    fc.assert(
      fc.property(dictionary, fc.nat({ max: 2_000 }), (values, limit) => {
        const given = Object.fromEntries(
          Object.entries(values).map(([key, one]) => [key, TypedAttribute.of(one)]),
        )
        const { attributes, bytes, size, isTrimmed } = _(given, limit)
        assert.is(bytes, TypedAttribute.bytesOfAll(attributes))
        assert.ok(size <= limit)
        assert.ok(bytes <= size)
        assert.ok(byteLength(attributesPrinter()(attributes)) <= size)
        assert.equal(
          Object.keys(attributes),
          Object.keys(given).filter((key) => Object.hasOwn(attributes, key)),
        )
        assert.is(isTrimmed, attributes !== given)
      }),
    )
  },
)

fits.run()
