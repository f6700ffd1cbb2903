import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Literal from '../../src/bytes/Literal.ts'
import * as _ from '../../src/bytes/SpanWriter.ts'

const writer = _.make(256)

const written = (write: (writer: _.SpanWriter) => void): string => {
  writer.begin()
  write(writer)
  const { buffer, from, to } = writer.end()
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.subarray(from, to))
}

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 20 }).map((all) => String.fromCharCode(...all)),
)

/** As the exporter repairs lone surrogates. */
const printed = (text: string): string => JSON.stringify(text.toWellFormed?.() ?? text)

const laws = suite('SpanWriter')

laws('string prints what JSON.stringify prints', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        new TextEncoder().encode(text),
      )
      assert.is(
        written((to) => to.string(text)),
        printed(wellFormed),
      )
    }),
    { numRuns: 2_000 },
  )
})

laws('text prints the same from bytes, or nothing', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 5 }), (text, before) => {
      const bytes = new TextEncoder().encode(text)
      const source = new DataView(new ArrayBuffer(before + bytes.length))
      for (const [index, byte] of bytes.entries()) source.setUint8(before + index, byte)
      let isWritten = false
      const found = written((to) => {
        isWritten = to.text(source, before, before + bytes.length)
      })
      const isPlain = bytes.every((byte) => byte < 0x80) && !text.includes('://')
      assert.is(isWritten, isPlain)
      assert.is(found, isPlain ? printed(text) : '')
    }),
    { numRuns: 2_000 },
  )
})

const TEXTS = [
  'a://b',
  '://',
  'a:/',
  'abc://',
  'ab:/x//',
  '"',
  '\\',
  '\u007f',
  'abcd"efgh',
  '\u0000',
]

for (const text of TEXTS) {
  laws(`text of ${JSON.stringify(text)}`, () => {
    const bytes = new TextEncoder().encode(text)
    const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    assert.is(
      written((to) => to.text(source, 0, bytes.length)),
      text.includes('://') ? '' : JSON.stringify(text),
    )
  })
}

laws('number prints what JSON.stringify prints', () => {
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e21, 5e-324, 2 ** 30, -(2 ** 30), 2 ** 31, 2 ** 53),
  )
  fc.assert(
    fc.property(number, (value) => {
      assert.is(
        written((to) => to.number(value)),
        JSON.stringify(value),
      )
    }),
    { numRuns: 2_000 },
  )
})

laws('seconds prints what JSON.stringify prints of the quotient', () => {
  const micros = fc.oneof(
    fc.nat({ max: 2_000_000 }),
    fc.maxSafeNat(),
    fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }).map((seconds) => seconds * 1e6),
    fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }).map((seconds) => seconds * 1e6 + 120),
    fc.constantFrom(-1, 0.5, 2 ** 31 * 1e6, 2 ** 31 * 1e6 - 1, 253_402_300_800e6),
  )
  fc.assert(
    fc.property(micros, (value) => {
      assert.is(
        written((to) => to.seconds(value)),
        JSON.stringify(value / 1e6),
      )
    }),
    { numRuns: 3_000 },
  )
})

laws('a span that outgrows the buffer moves to another one', () => {
  const parts = Array.from({ length: 40 }, (_unused, n) => `part ${n} é`)
  const found = written((to) => {
    for (const part of parts) {
      to.literal(Literal.of('<'))
      to.string(part)
    }
  })
  assert.is(found, parts.map((part) => `<${JSON.stringify(part)}`).join(''))
})

laws('a span that was begun and not ended is forgotten', () => {
  writer.begin()
  writer.string('forgotten')
  assert.is(
    written((to) => to.plain('kept')),
    'kept',
  )
})

laws.run()
