import { span } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Rule.ts'

const rule: fc.Arbitrary<_.Rule<number>> = fc
  .option(fc.nat(9), { nil: undefined })
  .map((answer) => _.of(() => answer))

const firstOf = suite('Rule.firstOf')

firstOf('is the same however the list is put together', () => {
  const rules = fc.array(rule, { maxLength: 4 })
  fc.assert(
    fc.property(rules, rules, (first, second) => {
      const joined = _.firstOf([...first, ...second])(span())
      assert.is(joined, _.firstOf(first)(span()) ?? _.firstOf(second)(span()))
    }),
  )
})

firstOf('has no answer of its own', () => {
  assert.is(_.firstOf([])(span()), undefined)
})

firstOf.run()
