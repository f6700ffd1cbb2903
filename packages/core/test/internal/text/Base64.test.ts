import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/text/Base64.ts'

const encode = suite('Base64.encode')

encode('agrees with the runtime', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      assert.is(_.encode(bytes), Buffer.from(bytes).toString('base64'))
    }),
  )
})

encode.run()

const decode = suite('Base64.decode')

decode('gives back what was encoded, in either alphabet, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      assert.equal(_.decode(_.encode(bytes)), bytes)
      assert.equal(_.decode(Buffer.from(bytes).toString('base64url')), bytes)
    }),
  )
})

decode('refuses what is not base64', () => {
  for (const bad of ['a', 'ab=', '====', 'a b=', 'ü===', 'abcde'])
    assert.is(_.decode(bad), undefined, bad)
})

decode.run()
