import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/FirstLetters.ts'

const mayHave = suite('FirstLetters.mayHave')

mayHave('rules out no key that is present', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (attributes) => {
      const present = _.of(attributes)
      for (const key in attributes) {
        assert.ok(_.mayHave(present, _.ofKeys([key])))
        assert.ok(_.mayHave(present, _.ofKeys(['other', key])))
        assert.ok(_.mayHave(_.every, _.ofKeys([key])))
      }
    }),
  )
})

mayHave('rules out letters that are not present', () => {
  const present = _.of({ 'http.route': '/', 'url.path': '/' })
  assert.not.ok(_.mayHave(present, _.ofKeys(['messaging.system', 'db.system'])))
  assert.not.ok(_.mayHave(_.of({}), _.ofKeys(['a'])))
})

mayHave.run()
