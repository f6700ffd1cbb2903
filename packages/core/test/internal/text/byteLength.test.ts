import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { byteLength } from '../../../src/internal/text/byteLength.ts'

const length = suite('byteLength')

length('agrees with the encoder, lone surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\ud83d', '\ude42', 'a', 'ü', '€') }),
      (a, b) => {
        assert.is(byteLength(a + b), Buffer.byteLength(a + b))
      },
    ),
  )
})

length.run()
