import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/text/cutBytes.ts'

const bytesOf = (text: string): number => Buffer.byteLength(text)

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: fc.constantFrom('a', 'ä', '€', '😀'), maxLength: 100 }),
)

const limit = fc.integer({ min: 3, max: 120 })

const cutBytes = suite('cutBytes')

cutBytes('is the longest beginning that fits, of whole characters', () => {
  fc.assert(
    fc.property(text, limit, (whole, max) => {
      const cut = _.cutBytes(whole, max)
      assert.ok(whole.startsWith(cut))
      assert.ok(bytesOf(cut) <= max)
      const [next] = whole.slice(cut.length)
      assert.ok(next === undefined || bytesOf(cut + next) > max)
      assert.is([...cut].join(''), cut)
    }),
  )
})

cutBytes('cuts between characters of one to four bytes', () => {
  for (const [whole, max, cut] of [
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['äää', 5, 'ää'],
    ['€€', 5, '€'],
    ['a😀', 4, 'a'],
    ['a😀', 5, 'a😀'],
    ['😀', 3, ''],
  ] as const) {
    assert.is(_.cutBytes(whole, max), cut, `${whole} ${max}`)
  }
})

cutBytes.run()

const shortenBytes = suite('shortenBytes')

shortenBytes('marks a text that was cut, within the limit', () => {
  assert.is(_.shortenBytes('äää', 6), 'äää')
  assert.is(_.shortenBytes('äääa', 6), 'ä...')
  fc.assert(
    fc.property(text, limit, (whole, max) => {
      const cut = _.shortenBytes(whole, max)
      assert.ok(bytesOf(cut) <= max)
      if (bytesOf(whole) > max) assert.ok(cut.endsWith('...'))
      else assert.is(cut, whole)
    }),
  )
})

shortenBytes.run()

const shorten = suite('shorten')

shorten('counts characters, and not units of UTF-16', () => {
  assert.is(_.shorten('😀'.repeat(5), 5), '😀'.repeat(5))
  assert.is(_.shorten('😀'.repeat(6), 5), '😀😀...')
  fc.assert(
    fc.property(text, limit, (whole, max) => {
      const cut = _.shorten(whole, max)
      const characters = [...whole].length
      assert.is([...cut].length, Math.min(characters, max))
      assert.is(cut, characters <= max ? whole : `${[...whole].slice(0, max - 3).join('')}...`)
    }),
  )
})

shorten.run()
