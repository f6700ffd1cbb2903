import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/KeyWords.ts'

const of = suite('KeyWords.of')

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ['url.full', 'url.full'],
  ['urlFull', 'url.full'],
  ['URL-FULL', 'url.full'],
  ['URLFull', 'url.full'],
  ['gen_ai.toolCall.args', 'gen.ai.tool.call.args'],
  ['_ml_obs.meta', 'ml.obs.meta'],
  ['genkit:input', 'genkit.input'],
  ['', ''],
  ['...', ''],
]

for (const [key, words] of KEYS) of(JSON.stringify(key), () => assert.is(_.of(key), words))

of('of words is the words', () => {
  fc.assert(fc.property(fc.string(), (key) => assert.is(_.of(_.of(key)), _.of(key))))
})

of.run()

const contentOf = suite('KeyWords.contentOf')

contentOf('does not depend on the spelling of a key', () => {
  const word = fc.constantFrom('user', 'email', 'url', 'full', 'gen', 'ai', 'prompt', 'db', 'query')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const [first = '', ...rest] = words
      const camel = first + rest.map((one) => one[0]?.toUpperCase() + one.slice(1)).join('')
      const content = _.contentOf(words.join('.'))
      for (const key of [words.join('_'), words.join('-').toUpperCase(), camel]) {
        assert.is(_.contentOf(key), content, key)
      }
    }),
  )
})

contentOf('stays fast however a key is made', () => {
  for (const part of ['gen_ai.prompt.', 'a.', 'user', 'http.request.', 'A', '.']) {
    const started = performance.now()
    _.contentOf(part.repeat(100_000))
    assert.ok(performance.now() - started < 2000, part)
  }
})

contentOf.run()
