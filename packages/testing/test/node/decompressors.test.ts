import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { decompressors } from '../../src/node/decompressors.ts'

const decompress = suite('decompressors')

const PLAIN = Buffer.from('x'.repeat(1_000))

const COMPRESSED: ReadonlyArray<readonly [string, Uint8Array]> = [
  ['br', brotliCompressSync(PLAIN)],
  ['deflate', deflateSync(PLAIN)],
  ['gzip', gzipSync(PLAIN)],
  ['x-gzip', gzipSync(PLAIN)],
]

for (const [encoding, bytes] of COMPRESSED) {
  decompress(`${encoding}: the whole body, or a refusal`, () => {
    const of = decompressors.get(encoding)
    const whole = of?.(bytes, 1_000)
    assert.ok(whole !== undefined && E.isRight(whole) && PLAIN.equals(whole.right))
    assert.equal(of?.(bytes, 999), E.left('envelope-too-large'))
    assert.equal(of?.(PLAIN, 1_000), E.left('body-encoding'))
  })
}

decompress.run()
