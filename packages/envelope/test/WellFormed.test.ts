import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/WellFormed.ts'

const unit = fc.constantFrom(
  '\ud83d',
  '\ude42',
  '\\',
  'u',
  'd',
  '8',
  '"',
  'a',
  '\n',
  '\ud7ff',
  '\ue000',
)

const text = fc.string({ unit, maxLength: 12 })

const stringify = suite('WellFormed.stringify')

stringify('repairs lone surrogates in values and keys, and nothing else', () => {
  fc.assert(
    fc.property(text, text, (key, value) => {
      const json = _.stringify({ [key]: [value] })
      assert.not.match(json, /\\ud[89a-f]/.test(json.replaceAll('\\\\', '')) ? json : '\u0000never')
      assert.equal(JSON.parse(json), { [key.toWellFormed()]: [value.toWellFormed()] })
    }),
    { numRuns: 1_000 },
  )
})

stringify('prints values without JSON as null', () => {
  assert.is(_.stringify(undefined), 'null')
})

stringify.run()
