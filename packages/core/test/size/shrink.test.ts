import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { byteLength } from '../../src/internal/text/byteLength.ts'
import type { Json } from '../../src/model/Json.ts'
import * as _ from '../../src/size/shrink.ts'

const bytes = (value: Json): number => byteLength(JSON.stringify(value))

const shrink = suite('shrink')

shrink('makes data shorter by at least the surplus, and keeps the order of its keys', () => {
  const data = fc.dictionary(fc.string(), fc.oneof(fc.string({ maxLength: 400 }), fc.integer()))
  fc.assert(
    fc.property(data, fc.nat(1_000), (given, surplus) => {
      const fitted = _.shrink(given, surplus)
      assert.ok(bytes(fitted) <= Math.max(bytes({}), bytes(given) - surplus))
      assert.equal(
        Object.keys(fitted),
        Object.keys(given).filter((key) => Object.hasOwn(fitted, key)),
      )
    }),
  )
})

shrink('cuts the largest text first', () => {
  const fitted = _.shrink({ small: 'x', large: 'y'.repeat(300) }, 100)
  assert.is(fitted['small'], 'x')
  assert.match(String(fitted['large']), /^y+\.\.\.$/)
})

shrink.run()

const cutText = suite('cutText')

cutText('removes the surplus and little more', () => {
  for (const letter of ['x', 'ä', '\n']) {
    const text = letter.repeat(200)
    for (const surplus of [1, 50, 100]) {
      const cut = _.cutText(text, surplus) ?? ''
      assert.ok(cut.endsWith('...'))
      assert.ok(bytes(cut) <= bytes(text) - surplus)
      assert.ok(bytes(cut) >= bytes(text) - surplus - 8)
    }
  }
})

cutText('fills what is left, for any characters, and cuts none in two', () => {
  const texts = fc.array(fc.constantFrom('x', 'ä', '€', '😀', '\n', '\u0001', '"', '\\', '\ud800'))
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 50 }), (characters, surplus) => {
      const text = `${'-'.repeat(120)}${characters.join('')}|`
      const cut = _.cutText(text, surplus) ?? ''
      const kept = cut.slice(0, -'...'.length)
      assert.ok(text.startsWith(kept))
      assert.ok(bytes(cut) <= bytes(text) - surplus)
      const next = String.fromCodePoint(text.codePointAt(kept.length) ?? 0)
      assert.ok(bytes(`${kept}${next}...`) > bytes(text) - surplus)
    }),
  )
})

cutText('is undefined if too little would be left', () => {
  assert.is(_.cutText('x'.repeat(100), 60), undefined)
})

cutText.run()
