import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/inMemorySentry/RepeatedKeys.ts'

const repeated = suite('RepeatedKeys.pathsOf')

const CASES: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ['{}', []],
  ['1', []],
  ['"{\\"a\\":1,\\"a\\":2}"', []],
  ['{"a":1,"b":{"a":2}}', []],
  ['{"a":1,"a":2,"a":3}', ['a', 'a']],
  ['{"a":1,"\\u0061":2}', ['a']],
  ['{"a":"a","b":"a"}', []],
  ['{"a":[{"b":1},{"b":1,"b":"x"}]}', ['a.1.b']],
  ['[[],[1,{"a":",","a":"\\""}]]', ['1.1.a']],
]

for (const [json, paths] of CASES) {
  repeated(`${json}: ${paths.join(', ')}`, () => {
    assert.equal(_.pathsOf(json), paths)
  })
}

repeated('law: values that were printed have none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(_.pathsOf(JSON.stringify(value)), [])
    }),
  )
})

repeated.run()
