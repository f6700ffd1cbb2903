import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/LineCache.ts'

const cache = suite('LineCache')

const line = fc.string({ maxLength: 12 })

cache('gives the last result of a line, or none', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.nat())), (entries) => {
      const made = _.make<number>({ lines: 4, characters: 30 })
      const model = new Map<string, number>()
      for (const [key, value] of entries) {
        const found = made.get(key)
        if (found !== undefined) assert.is(found, model.get(key))
        made.set(key, value)
        model.set(key, value)
      }
    }),
  )
})

cache('remembers at most the lines and the characters of two generations', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const made = _.make<string>({ lines: 4, characters: 30 })
      for (const one of lines) {
        made.get(one)
        made.set(one, one)
      }
      assert.ok(made.size() <= 8)
      const kept = [...new Set(lines)].filter((one) => made.get(one) !== undefined)
      assert.ok(kept.join('').length <= 60, kept.join(' '))
    }),
  )
})

cache('keeps a line that is read often among many others', () => {
  const made = _.make<number>({ lines: 4, characters: 1_000 })
  made.set('often', 1)
  for (let i = 0; i < 100; i++) {
    made.set(`line ${i}`, i)
    assert.is(made.get('often'), 1)
  }
  assert.is(made.get('line 0'), undefined)
})

cache('does not remember a line that is longer than a generation', () => {
  const made = _.make<number>({ lines: 4, characters: 3 })
  made.set('long', 1)
  assert.is(made.size(), 0)
})

const remembered = suite('LineCache.remembered')

remembered('reads a line once as long as it is remembered', () => {
  let reads = 0
  const read = _.remembered((text) => {
    reads++
    return text === '' ? undefined : { text }
  })
  assert.is(read('a'), read('a'))
  assert.is(reads, 1)
  assert.is(read(''), undefined)
  assert.is(read(''), undefined)
  assert.is(reads, 3)
  const long = 'a'.repeat(10_000)
  assert.equal(read(long), { text: long })
})

cache.run()
remembered.run()
