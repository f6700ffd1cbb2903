import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ConfigError from '../src/ConfigError.ts'
import * as _ from '../src/ConfigOption.ts'
import * as Range from '../src/Range.ts'
import { odd } from './odd.ts'

const OPTIONS = _.named({
  maxWaitMillis: _.whole(Range.timeLimit),
  mode: _.oneOf('one', 'two', 'three'),
  name: _.string,
  isOn: _.boolean,
  onEnd: _.callback<() => void>(),
})

const problemsOf = (input: Readonly<Record<string, unknown>>): string => {
  const { get, problems } = _.read(input, Object.keys(OPTIONS))
  for (const option of Object.values(OPTIONS)) get<unknown>(option)
  return ConfigError.show(ConfigError.of(problems))
}

const read = suite('ConfigOption.read')

read('takes both spellings, and nothing for what was not given', () => {
  for (const input of [{ maxWaitMillis: 5 }, { max_wait_millis: 5 }]) {
    assert.is(_.read(input, ['maxWaitMillis']).get(OPTIONS.maxWaitMillis), 5)
  }
  for (const value of [undefined, null, '']) assert.is(problemsOf({ maxWaitMillis: value }), '')
})

const BAD: ReadonlyArray<readonly [Readonly<Record<string, unknown>>, string]> = [
  [
    { maxWaitMillis: Number.NaN },
    'maxWaitMillis: expected a whole number from 1 to 2147483647, got NaN',
  ],
  [{ maxWaitMili: 5 }, 'maxWaitMili: unknown, did you mean maxWaitMillis?'],
  [{ max_wait_millis: 1, maxWaitMillis: 1 }, 'maxWaitMillis: given twice, also as max_wait_millis'],
  [{ mode: 'four' }, 'mode: expected "one", "two" or "three"'],
  [{ name: [] }, 'name: expected a string, got a list'],
  [{ isOn: {} }, 'isOn: expected true or false, got an object'],
  [{ onEnd: Symbol('x') }, 'onEnd: expected a function, got a symbol'],
]

for (const [input, message] of BAD) {
  read(message, () => assert.is(problemsOf(input), message))
}

read('law: a number is taken only if it is whole and within its range', () => {
  fc.assert(
    fc.property(odd, (value) => {
      const { get, problems } = _.read({ maxWaitMillis: value }, Object.keys(OPTIONS))
      const given = get(OPTIONS.maxWaitMillis)
      if (given !== undefined) assert.ok(Range.has(Range.timeLimit)(given))
      const isAbsent = value === undefined || value === null || value === ''
      assert.is(problems.length, given === undefined && !isAbsent ? 1 : 0)
    }),
  )
})

read.run()
