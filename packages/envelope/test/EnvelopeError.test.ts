import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/EnvelopeError.ts'

const show = suite('EnvelopeError.show')

const ROWS: ReadonlyArray<readonly [_.EnvelopeError, string]> = [
  [
    { _tag: 'BadHeader', part: 'item', at: 3 },
    'byte 3: the header of the item is not a JSON object',
  ],
  [{ _tag: 'NoType', at: 3 }, 'byte 3: the header of the item has no type'],
  [{ _tag: 'BadLength', at: 3 }, 'byte 3: the length of the item is not a whole number'],
  [{ _tag: 'Truncated', at: 9, missing: 6 }, 'byte 9: the payload ends 6 bytes too early'],
  [{ _tag: 'Overlong', at: 9 }, 'byte 9: no line break where the payload should end'],
]

for (const [error, expected] of ROWS) {
  show(error._tag, () => {
    assert.is(_.show(error), expected)
  })
}

show.run()
