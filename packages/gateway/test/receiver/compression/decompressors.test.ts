import { readFileSync } from 'node:fs'
import { deflateSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import * as lz4js from 'lz4js'
import * as snappyjs from 'snappyjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as Decompressor from '../../../src/receiver/compression/Decompressor.ts'
import * as _ from '../../../src/receiver/compression/decompressors.ts'

const MAX_BYTES = 1024 * 1024

const room = (maxBytes = MAX_BYTES): Decompressor.Room => ({ maxBytes, take: () => true })

const decompress = async (
  encoding: string,
  body: Uint8Array,
  space: Decompressor.Room = room(),
): Promise<Decompressor.Decompressed> => {
  const found = _.decompressors.get(encoding)
  if (found === undefined) throw new Error(`no decompressor for ${encoding}`)
  return found(body, space)
}

/** Its content: the fixtures were written from it. */
const content = Buffer.from(
  Array.from({ length: 10_000 }, (_value, index) => `span ${index % 50} `).join(''),
)

interface Fixture {
  readonly encoding: string
  readonly writer: string
  readonly base64: string
}

const fixtures: ReadonlyArray<Fixture> = JSON.parse(
  readFileSync(new URL('../../fixtures/compressed.json', import.meta.url), 'utf8'),
)

interface Sample {
  readonly encoding: string
  readonly writer: string
  readonly body: Uint8Array
}

const samples: ReadonlyArray<Sample> = [
  ...fixtures.map(({ base64, ...rest }) => ({ ...rest, body: Buffer.from(base64, 'base64') })),
  { encoding: 'gzip', writer: 'node:zlib', body: gzipSync(content) },
  { encoding: 'zlib', writer: 'node:zlib', body: deflateSync(content) },
  { encoding: 'deflate', writer: 'node:zlib', body: deflateSync(content) },
  { encoding: 'snappy', writer: 'snappyjs', body: snappyjs.compress(content) },
  { encoding: 'lz4', writer: 'lz4js', body: lz4js.compress(content) },
]

const good = suite('decompressors')

for (const { encoding, writer, body } of samples) {
  good(`${encoding} reads what was written by ${writer}`, async () => {
    const read = await decompress(encoding, body)
    assert.is(read._tag === 'Right' && content.equals(read.right), true)
  })

  good(
    `${encoding} of ${writer} fits into exactly its length, and not into one byte less`,
    async () => {
      assert.is((await decompress(encoding, body, room(content.length)))._tag, 'Right')
      assert.equal(await decompress(encoding, body, room(content.length - 1)), {
        _tag: 'Left',
        left: { _tag: 'TooLarge', maxBytes: content.length - 1 },
      })
    },
  )

  good(`${encoding} of ${writer} does not read a body that was cut off, at any byte`, async () => {
    const step = Math.max(1, Math.floor(body.length / 40))
    for (let length = 1; length < body.length; length += step) {
      const read = await decompress(encoding, body.subarray(0, length))
      // A stream of whole chunks is a shorter stream: only the framing format of Snappy has such places.
      const isWhole = read._tag === 'Right' && read.right.length === 0
      assert.is(read._tag === 'Left' || isWhole, true, `${length} bytes`)
    }
  })

  good(`${encoding} of ${writer} is refused while other requests hold the memory`, async () => {
    assert.equal(await decompress(encoding, body, { maxBytes: MAX_BYTES, take: () => false }), {
      _tag: 'Left',
      left: { _tag: 'NoMemory' },
    })
  })
}

good.run()

const several = suite('decompressors: several in a row')

for (const { encoding, writer, body } of samples) {
  if (['zlib', 'deflate'].includes(encoding) || writer === 'snappyjs') continue
  several(`${encoding} of ${writer}: the content of both`, async () => {
    const read = await decompress(encoding, Buffer.concat([body, body]))
    assert.is(read._tag === 'Right' && Buffer.concat([content, content]).equals(read.right), true)
  })
}

several.run()

const hostile = suite('decompressors: hostile bodies')

/** Bodies of few bytes for which decoders of the registry do not return, or that state what they do not contain. */
const bodies: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
  ['snappy', 'a literal of 2 GiB', [0x0a, 0xfc, 0, 0, 0, 0x80, 0, 0, 0, 0]],
  ['snappy', 'a literal of 4 GiB', [0x0a, 0xfc, 0xff, 0xff, 0xff, 0xff]],
  ['snappy', 'a repetition from before the start', [0x0a, 0x00, 0x61, 0x05, 0x09]],
  ['snappy', 'a repetition of distance 0', [0x0a, 0x00, 0x61, 0x05, 0x00]],
  ['snappy', 'more output than stated', [0x01, 0x04, 0x61, 0x62]],
  ['snappy', 'less output than stated', [0x05, 0x00, 0x61]],
  ['snappy', 'a length of 35 bits', [0xff, 0xff, 0xff, 0xff, 0x7f, 0x00]],
  ['x-snappy-framed', 'no identifier', [0x01, 5, 0, 0, 1, 2, 3, 4, 5]],
  [
    'x-snappy-framed',
    'a wrong checksum',
    [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59, 1, 5, 0, 0, 1, 2, 3, 4, 5],
  ],
  [
    'x-snappy-framed',
    'an unknown chunk',
    [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59, 2, 0, 0, 0],
  ],
  [
    'zstd',
    'a hundred thousand sequences in 18 bytes',
    [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 0x4d, 0, 0, 0, 255, 255, 255, 0x54, 0, 0, 52, 1],
  ],
  ['zstd', 'a dictionary', [0x28, 0xb5, 0x2f, 0xfd, 1, 0x58, 7, 1, 0, 0]],
  ['zstd', 'another format', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]],
  ['lz4', 'another format', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]],
  ['lz4', 'a wrong checksum of the header', [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x00, 0, 0, 0, 0]],
  [
    'lz4',
    'a repetition from before the start',
    [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 5, 0, 0, 0, 0x10, 0x61, 9, 0, 0, 0, 0, 0, 0],
  ],
  ['gzip', 'text', [...Buffer.from('{"resourceSpans":[]}')]],
  ['gzip', 'bytes behind the end', [...gzipSync('{}'), 1, 2, 3]],
  ['zlib', 'deflate without the header of zlib', [...deflateSync('{}').subarray(2)]],
]

for (const [encoding, name, bytes] of bodies) {
  hostile(`${encoding}: ${name} is an error`, async () => {
    const read = await decompress(encoding, Uint8Array.from(bytes))
    assert.is(read._tag === 'Left' && read.left._tag, 'Corrupt')
  })
}

hostile('a length that a body only states takes no memory above the limit', async () => {
  const claims: ReadonlyArray<readonly [string, ReadonlyArray<number>]> = [
    ['snappy', [0xff, 0xff, 0xff, 0xff, 0x0f, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 64, 0, 0, 0, 0, 0x03, 0, 0, 0x64]],
  ]
  for (const [encoding, bytes] of claims) {
    let taken = 0
    const take = (count: number): boolean => {
      taken += count
      return true
    }
    const read = await decompress(encoding, Uint8Array.from(bytes), { maxBytes: MAX_BYTES, take })
    assert.is(read._tag, 'Left', encoding)
    assert.is(taken <= MAX_BYTES, true, encoding)
  }
})

hostile('repeated members of gzip cost at most the limit', async () => {
  const member = gzipSync(Buffer.alloc(MAX_BYTES / 2), { level: 9 })
  let taken = 0
  const read = await decompress('gzip', Buffer.concat(Array.from({ length: 100 }, () => member)), {
    maxBytes: MAX_BYTES,
    take: (bytes) => {
      taken += bytes
      return true
    },
  })
  assert.equal(read, { _tag: 'Left', left: { _tag: 'TooLarge', maxBytes: MAX_BYTES } })
  assert.is(taken <= MAX_BYTES, true, `${taken} bytes`)
})

for (const { encoding, writer, body } of samples) {
  hostile(`${encoding} of ${writer}: changed bytes give an error or bounded output`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(body.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const changed = Uint8Array.from(body)
          for (const [at, byte] of changes) changed[at] = byte
          const read = await decompress(encoding, changed)
          assert.is(read._tag === 'Left' || read.right.length <= MAX_BYTES, true)
        },
      ),
      { numRuns: 50, seed: 17 },
    )
  })
}

hostile.run()

const names = suite('decompressors: names')

for (const [header, name] of [
  [undefined, ''],
  ['', ''],
  ['identity', ''],
  ['GZIP', 'gzip'],
  [' x-gzip ', 'gzip'],
  ['br', 'br'],
] as const) {
  names(`the header ${JSON.stringify(header)} names ${JSON.stringify(name)}`, () => {
    assert.is(_.encodingName(header), name)
  })
}

names.run()
