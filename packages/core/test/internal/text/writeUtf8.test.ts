import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeUtf8 } from '../../../src/internal/text/writeUtf8.ts'

const write = suite('writeUtf8')

write('agrees with the encoder, lone surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\ud83d', '\ude42', 'a', 'ü', '€') }),
      (a, b) => {
        const expected = Buffer.from(a + b)
        const bytes = new Uint8Array(expected.length + 2)
        assert.is(writeUtf8(bytes, 2, a + b), expected.length + 2)
        assert.equal(bytes.slice(2), new Uint8Array(expected))
      },
    ),
  )
})

write.run()
