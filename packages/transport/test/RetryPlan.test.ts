import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Range from '../src/Range.ts'
import * as _ from '../src/RetryPlan.ts'
import * as TransportError from '../src/TransportError.ts'
import { oddNumber } from './odd.ts'

const PLAN: _.RetryPlan = {
  maxAttempts: 4,
  maxElapsedMillis: 60_000,
  firstWaitMillis: 1_000,
  longestWaitMillis: 3_000,
  mayDuplicate: false,
}

const situation = (fields: Partial<_.Situation> = {}): _.Situation => ({
  error: TransportError.unreachable('ECONNRESET'),
  attempts: 1,
  elapsedMillis: 0,
  nowMillis: 0,
  random: 0.5,
  ...fields,
})

const waitMillis = suite('RetryPlan.waitMillis')

waitMillis('doubles its bound, up to the longest', () => {
  const bounds = [1, 2, 3].map((attempts) =>
    _.waitMillis(PLAN)(situation({ attempts, random: 0.999_999 })),
  )
  assert.equal(bounds, [999, 1999, 2999])
})

waitMillis('gives up after the last attempt, after the total time, and on permanent errors', () => {
  const decide = _.waitMillis(PLAN)
  assert.is(decide(situation({ attempts: 4 })), undefined)
  assert.is(decide(situation({ elapsedMillis: 59_501 })), undefined)
  assert.is(decide(situation({ elapsedMillis: 59_500 })), 500)
  assert.is(decide(situation({ error: TransportError.untrusted('x') })), undefined)
})

waitMillis('waits at least as long as the server asks for', () => {
  const decide = _.waitMillis(PLAN)
  const busy = (retryAfter: string): TransportError.TransportError =>
    TransportError.refused({ status: 503, rateLimits: undefined, retryAfter })
  assert.is(decide(situation({ error: busy('7') })), 7_000)
  assert.is(decide(situation({ error: busy('0') })), 500)
  assert.is(decide(situation({ error: busy('soon') })), 500)
  assert.is(decide(situation({ error: busy('61') })), undefined)
})

waitMillis('law: is within its bounds for any random number', () => {
  const plan = fc.record({
    maxAttempts: fc.integer({ min: 1, max: 20 }),
    maxElapsedMillis: fc.nat(100_000),
    firstWaitMillis: fc.nat(5_000),
    longestWaitMillis: fc.nat(50_000),
    mayDuplicate: fc.boolean(),
  })
  fc.assert(
    fc.property(
      plan,
      fc.integer({ min: 1, max: 30 }),
      fc.nat(200_000),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (one, attempts, elapsedMillis, random) => {
        const wait = _.waitMillis(one)(situation({ attempts, elapsedMillis, random }))
        if (wait === undefined) return
        assert.ok(Number.isInteger(wait) && wait >= 0 && wait <= one.longestWaitMillis)
        assert.ok(attempts < one.maxAttempts)
        assert.ok(elapsedMillis + wait <= one.maxElapsedMillis)
      },
    ),
  )
})

waitMillis('law: any plan and any header give a time within the range of timers, or an end', () => {
  fc.assert(
    fc.property(
      fc.record({
        maxAttempts: oddNumber,
        maxElapsedMillis: oddNumber,
        firstWaitMillis: oddNumber,
        longestWaitMillis: oddNumber,
        mayDuplicate: fc.boolean(),
      }),
      fc.integer({ min: 1, max: 5_000 }),
      fc.oneof(fc.double().map(String), fc.string(), fc.constant(undefined)),
      (plan, attempts, retryAfter) => {
        const error = TransportError.refused({ status: 503, rateLimits: undefined, retryAfter })
        const wait = _.waitMillis(plan)(situation({ attempts, error }))
        if (wait === undefined) return
        assert.ok(wait >= 0 && wait <= Range.MAX_TIMER_MILLIS, String(wait))
        assert.ok(attempts < _.bounded(plan).maxAttempts)
      },
    ),
  )
})

waitMillis.run()
