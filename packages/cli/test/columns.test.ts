import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/columns.ts'

const columns = suite('columns')

// a text, the columns it takes, and the text in six columns
const WIDTHS: ReadonlyArray<readonly [string, number, string]> = [
  ['', 0, ''],
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 7, 'abc...'],
  ['注文', 4, '注文'],
  ['注文一覧', 8, '注...'],
  ['a注文一覧', 9, 'a注...'],
  ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
  ['👩‍👩‍👧', 2, '👩‍👩‍👧'],
  ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 8, '👩‍👩‍👧...'],
  ['🇩🇪🇫🇷🇯🇵🇮🇹', 8, '🇩🇪...'],
]

for (const [text, width, fitted] of WIDTHS) {
  columns(`measures and cuts ${JSON.stringify(text)}`, () => {
    assert.is(_.columnsOf(text), width)
    assert.is(_.cut(text, 6), fitted)
  })
}

columns('a cut text fits, and starts as the whole does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 60 }), (text, max) => {
      const fitted = _.cut(text, max)
      assert.ok(_.columnsOf(fitted) <= max)
      assert.ok(fitted === text || text.startsWith(fitted.slice(0, -3)))
    }),
  )
})

columns.run()
