import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/Lines.ts'

const split = suite('split')

split('gives back lines joined by any break', () => {
  const line = fc.string().map((text) => text.replace(/[\r\n]/g, ''))
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, lineBreak) => {
      assert.equal(_.split(lines.map((text) => text + lineBreak).join('')), lines)
    }),
    { numRuns: 200 },
  )
})

split('keeps a last line without a break', () => assert.equal(_.split('a\n\nb'), ['a', '', 'b']))

split.run()

const endsAt = suite('endsAt')

endsAt('sees blanks before a break or the end', () => {
  assert.ok(_.endsAt('a  \nb', 1))
  assert.ok(_.endsAt('a', 1))
  assert.not(_.endsAt('a b\n', 1))
})

endsAt.run()

const indentOf = suite('indentOf')

indentOf('counts blanks and tabs', () => assert.is(_.indentOf(' \t x y'), 3))

indentOf.run()

const isCut = suite('isCut')

isCut('sees whether a text ends inside a line', () => {
  assert.ok(_.isCut('a\nb'))
  for (const text of ['', 'a\n', 'a\r\n', 'a\r']) assert.not(_.isCut(text))
})

isCut.run()
