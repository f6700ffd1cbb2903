import { span, type traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/Sampling.ts'

const rate = fc.double({ min: 0, max: 1, noNaN: true })

const isKept = suite('Sampling.isKept')

isKept('a trace that is kept at a rate is kept at each higher rate', () => {
  fc.assert(
    fc.property(rate, rate, fc.bigInt(1n, (1n << 128n) - 1n), (a, b, id) => {
      const one = span({ traceId: id.toString(16).padStart(32, '0') as ReturnType<typeof traceId> })
      if (_.isKept(Math.min(a, b))(one)) assert.ok(_.isKept(Math.max(a, b))(one))
      assert.ok(_.isKept(1)(one))
      assert.not.ok(_.isKept(0)(one))
    }),
  )
})

isKept.run()

const rateOf = suite('Sampling.rateOf')

rateOf('is the smaller of both rates', () => {
  assert.is(_.rateOf(0.5, 0.25), 0.25)
  assert.is(_.rateOf(0.5, undefined), 0.5)
  assert.is(_.rateOf(1, 0.25), 0.25)
  assert.is(_.rateOf(1, undefined), undefined)
})

rateOf.run()
