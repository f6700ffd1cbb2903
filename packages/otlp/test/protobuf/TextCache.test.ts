import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/protobuf/TextCache.ts'

const cache = suite('TextCache')

cache('gives a text of ASCII for its bytes alone', () => {
  const texts = _.make()
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }))
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [bytes, others] = [one, other].map((of) => new TextEncoder().encode(of))
      if (bytes === undefined || others === undefined) return
      const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      _.set(texts, bytes, { from: 0, to: bytes.length }, wellFormed)
      const isAscii = bytes.every((byte) => byte < 0x80)
      if (isAscii && bytes.length > 0) assert.is(_.get(texts, bytes, 0, bytes.length), wellFormed)
      const found = _.get(texts, others, 0, others.length)
      if (found !== undefined) assert.equal(new TextEncoder().encode(found), others)
    }),
    { numRuns: 2_000 },
  )
})

cache('an invalid byte is not the letter of the same number', () => {
  const texts = _.make()
  _.set(texts, Uint8Array.from([0xc3, 0xa9]), { from: 0, to: 2 }, '\u00e9')
  assert.is(_.get(texts, Uint8Array.from([0xe9]), 0, 1), undefined)
})

cache.run()
