import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/Murmur3.ts'

const hex = (text: string, seed?: number): string => _.toHex(_.hash128(Buffer.from(text), seed))

const hash128 = suite('Murmur3.hash128')

hash128('has the verification value of SMHasher, 0xB3ECE62A', () => {
  // Source: `VerificationTest` in src/KeysetTest.cpp of github.com/aappleby/smhasher.
  const key = Uint8Array.from({ length: 256 }, (_unused, i) => i)
  const hashes = Buffer.alloc(256 * 16)
  for (let i = 0; i < 256; i++) {
    const words = _.hash128(key.subarray(0, i), 256 - i)
    for (const [at, word] of words.entries()) hashes.writeInt32LE(word, i * 16 + at * 4)
  }
  assert.is(_.hash128(hashes)[0] >>> 0, 0xb3ece62a)
})

// Source: the README and the tests of github.com/karanlyons/murmurHash3.js; those of other lengths agree with its revision.
const VECTORS: ReadonlyArray<readonly [string, number, string]> = [
  ['', 0, '00000000000000000000000000000000'],
  ['', 1, '88c4adec54d201b954d201b954d201b9'],
  ['a', 0, 'a794933c5556b01b5556b01b5556b01b'],
  ['abc', 25, '2a4b6e97fce3ec18fce3ec18fce3ec18'],
  ['Hello, world!', 0, '26acdba7f0638dfc402b42630afdd4c3'],
  ['The quick brown fox jumps over the lazy dog', 0, '2f1583c3ecee2c675d7bf66ce5e91d2c'],
  ["I will not buy this tobacconist's, it is scratched.", 0, '9b5b7ba2ef3f7866889adeaf00f3f98e'],
  ['I will not buy this record, it is scratched.', 25, '92feac3e0895ec9e421138732c5e2e20'],
]

for (const [text, seed, expected] of VECTORS) {
  hash128(`${JSON.stringify(text)} with seed ${seed}`, () => {
    assert.is(hex(text, seed), expected)
  })
}

hash128.run()

const hash128OfPair = suite('Murmur3.hash128OfPair')

hash128OfPair('is the hash of the eight bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      assert.equal(
        _.hash128OfPair(view.getInt32(0, true), view.getInt32(4, true)),
        _.hash128(bytes),
      )
    }),
  )
})

hash128OfPair.run()
