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

contentOf('takes time in proportion to the length of a key, however it is made', () => {
  for (const part of ['gen_ai.prompt.', 'a.', 'user', 'http.request.', 'A', '.']) {
    const isLinear = [1, 2, 4, 8].some((runs) => {
      const short = minMillis(() => _.contentOf(part.repeat(1_000)), 10 * runs)
      // Quadratic work would take ten thousand times as long.
      return (
        minMillis(() => _.contentOf(part.repeat(100_000)), runs) <= 1_000 * Math.max(short, 0.1)
      )
    })
    assert.ok(isLinear, part)
  }
})

/** The minimum of several runs, because other processes can only add to the time. */
const minMillis = (run: () => void, runs: number): number => {
  let min = Number.POSITIVE_INFINITY
  for (let at = 0; at < runs; at++) {
    const start = performance.now()
    run()
    min = Math.min(min, performance.now() - start)
  }
  return min
}

contentOf.run()
