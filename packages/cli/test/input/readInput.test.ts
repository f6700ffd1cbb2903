import { gzipSync } from 'node:zlib'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { decompressed } from '../../src/input/decompressed.ts'
import * as FilePiece from '../../src/input/FilePiece.ts'
import type { InputFile } from '../../src/input/InputFile.ts'
import { readInput, readPiece } from '../../src/input/readInput.ts'

const span = (n: number): object => ({
  traceId: 'a'.repeat(32),
  spanId: String(n).padStart(16, '0'),
  name: `span ${n} } \\n {`,
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
})

const request = (...numbers: ReadonlyArray<number>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: numbers.map(span) }] }] })

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file that is read in chunks of this many bytes. */
const fileOf = (bytes: Uint8Array, chunkBytes: number, failure?: string): InputFile => ({
  path: 'f',
  size: bytes.length,
  chunks: async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      yield E.right(bytes.slice(at, at + chunkBytes))
    }
    if (failure !== undefined) yield E.left({ path: 'f', reason: failure })
  },
})

const piecesOf = async (
  file: InputFile,
  sizes: FilePiece.PieceSizes,
): Promise<ReadonlyArray<FilePiece.FilePiece>> => {
  const pieces: Array<FilePiece.FilePiece> = []
  for await (const piece of FilePiece.ofChunks(
    file.path,
    decompressed(file, () => undefined),
    sizes,
  )) {
    pieces.push(piece)
  }
  return pieces
}

const read = async (
  bytes: Uint8Array,
  pieceBytes: number,
  chunkBytes = 7,
): Promise<OtlpInput.OtlpInput> => {
  const pieces = await piecesOf(fileOf(bytes, chunkBytes), { pieceBytes, maxBytes: 1e6 })
  return OtlpInput.concatAll(pieces.map(readPiece))
}

const spanIds = ({ batch }: OtlpInput.OtlpInput): ReadonlyArray<number> =>
  batch.spans.map(({ spanId }) => Number(spanId))

const input = suite('readInput')

const numbers = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 })

const FORMS: ReadonlyArray<
  readonly [string, (requests: ReadonlyArray<ReadonlyArray<number>>) => string]
> = [
  ['lines', (requests) => requests.map((one) => request(...one)).join('\n')],
  ['lines with blanks', (requests) => requests.map((one) => ` ${request(...one)} \r\n\n`).join('')],
  ['a sequence', (requests) => requests.map((one) => `\u001e${request(...one)}\n`).join('')],
  [
    'spread values',
    (requests) =>
      requests.map((one) => JSON.stringify(JSON.parse(request(...one)), null, 1)).join('\n'),
  ],
  ['a list', (requests) => `[${requests.map((one) => request(...one)).join(',\n')}]`],
  ['joined values', (requests) => requests.map((one) => request(...one)).join('')],
]

for (const [name, write] of FORMS) {
  input(`parts of any size give all spans of ${name}, in their order`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(numbers, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 2, max: 900 }),
        fc.integer({ min: 1, max: 400 }),
        async (requests, pieceBytes, chunkBytes) => {
          const text = write(requests)
          const parts = await read(bytesOf(text), pieceBytes, chunkBytes)
          assert.equal(spanIds(parts), requests.flat())
          assert.equal(parts.unread, [])
        },
      ),
      { numRuns: 60 },
    )
  })
}

input('a part ends between two lines, and holds no more than it must', async () => {
  const line = `${request(1)}\n`
  const file = fileOf(bytesOf(line.repeat(50)), 10)
  const pieces = await piecesOf(file, { pieceBytes: line.length * 2, maxBytes: 1e6 })
  assert.ok(pieces.length > 15)
  const sizes = pieces.map((piece) => ('bytes' in piece ? piece.bytes.length : 0))
  assert.ok(Math.max(...sizes) <= line.length * 3)
  assert.is(
    sizes.reduce((sum, size) => sum + size, 0),
    line.length * 50,
  )
})

input(
  'a line that cannot be read costs itself, and is named by its number in the file',
  async () => {
    const lines = [...Array.from({ length: 40 }, (_, n) => request(n + 1))]
    lines[25] = '{"resourceSp'
    const parts = await read(bytesOf(lines.join('\n')), 300)
    assert.is(parts.batch.spans.length, 39)
    assert.equal(
      parts.unread.map(({ place }) => place),
      ['line 26'],
    )
  },
)

/** A field of protobuf with bytes, shorter than 128. */
const field = (number: number, bytes: ReadonlyArray<number>): ReadonlyArray<number> => [
  (number << 3) | 2,
  bytes.length,
  ...bytes,
]

const ofProtobuf = (n: number): ReadonlyArray<number> => {
  const time = [0, 0, 0, 0, 0, 0, 1, 0]
  const fields = [
    ...field(1, Array<number>(16).fill(0xaa)),
    ...field(2, [0, 0, 0, 0, 0, 0, 0, n]),
    ...field(5, [...bytesOf('}\n{')]),
    ...[57, ...time, 65, ...time],
  ]
  return field(1, field(2, field(2, fields)))
}

const framed = (message: ReadonlyArray<number>): ReadonlyArray<number> => [
  ...[0, 0, 0, message.length],
  ...message,
]

input('reads a request of protobuf, and messages behind their lengths, one at a time', async () => {
  const one = new Uint8Array(ofProtobuf(3))
  assert.equal(spanIds(await read(one, 20)), [3])
  const several = new Uint8Array([1, 2, 3, 4].flatMap((n) => framed(ofProtobuf(n))))
  assert.equal(spanIds(await read(several, 100)), [1, 2, 3, 4])
  const pieces = await piecesOf(fileOf(several, 9), { pieceBytes: 100, maxBytes: 1e6 })
  assert.equal(
    pieces.map((piece) => (piece._tag === 'Message' ? piece.number : 0)),
    [1, 2, 3, 4],
  )
  const damaged = await read(several.slice(0, -9), 100)
  assert.equal(spanIds(damaged), [1, 2, 3])
  assert.equal(
    damaged.unread.map(({ place }) => place),
    ['message 4'],
  )
})

input(
  'reads gzip by its first bytes, members behind each other, and what is there of a file that is cut off',
  async () => {
    const [a, b] = [`${request(1)}\n`.repeat(3), request(2, 3)]
    const joined = Buffer.concat([gzipSync(a), gzipSync(b)])
    assert.equal(spanIds(await read(joined, 1e5, 1)), [1, 1, 1, 2, 3])
    const cut = await read(gzipSync(a).subarray(0, -9), 1e5, 5)
    assert.is(cut.unread.length > 0, true)
    assert.match(JSON.stringify(cut.unread), 'damaged or cut off')
  },
)

input('counts the bytes of the file, and reads on after an error of the disk', async () => {
  const bytes = bytesOf(request(1))
  let count = 0
  const inputs: Array<OtlpInput.OtlpInput> = []
  for await (const one of readInput(fileOf(bytes, 100, 'i/o error'), (more) => {
    count += more
  })) {
    inputs.push(one)
  }
  assert.is(count, bytes.length)
  assert.equal(inputs.map(spanIds), [[1], []])
  assert.match(JSON.stringify(inputs[1]?.unread), 'i/o error')
})

input('a value that is larger than the limit ends the file, with a message', async () => {
  const pieces = await piecesOf(fileOf(bytesOf(request(1, 2, 3, 4, 5, 6, 7, 8)), 50), {
    pieceBytes: 50,
    maxBytes: 200,
  })
  assert.equal(
    pieces.map(({ _tag }) => _tag),
    ['Failed'],
  )
  assert.match(JSON.stringify(pieces), 'line 1: more than 200 bytes without the end of a value')
})

input.run()
