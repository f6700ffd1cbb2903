import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as RetryPlan from '../src/RetryPlan.ts'
import * as TransportError from '../src/TransportError.ts'
import { withRetry as _ } from '../src/withRetry.ts'
import { recording, refused, type Sent, sealed, taken, unreachable } from './world.ts'

const PLAN: RetryPlan.RetryPlan = {
  maxAttempts: 4,
  maxElapsedMillis: 60_000,
  firstWaitMillis: 1_000,
  longestWaitMillis: 3_000,
}

const situation = (about: Partial<RetryPlan.Situation> = {}): RetryPlan.Situation => ({
  error: TransportError.unreachable('ECONNRESET'),
  attempts: 1,
  elapsedMillis: 0,
  nowMillis: 0,
  random: 0.5,
  ...about,
})

const waitMillis = suite('RetryPlan.waitMillis')

waitMillis('doubles its bound, up to the longest', () => {
  const bounds = [1, 2, 3].map((attempts) =>
    RetryPlan.waitMillis(PLAN)(situation({ attempts, random: 0.999_999 })),
  )
  assert.equal(bounds, [999, 1999, 2999])
})

waitMillis('gives up after so many attempts, after so long, and on what no time mends', () => {
  const decide = RetryPlan.waitMillis(PLAN)
  assert.is(decide(situation({ attempts: 4 })), undefined)
  assert.is(decide(situation({ elapsedMillis: 59_501 })), undefined)
  assert.is(decide(situation({ elapsedMillis: 59_500 })), 500)
  assert.is(decide(situation({ error: TransportError.untrusted('x') })), undefined)
})

waitMillis('does not come before the server wants it', () => {
  const decide = RetryPlan.waitMillis(PLAN)
  const busy = (retryAfter: string): TransportError.TransportError =>
    TransportError.refused({ status: 503, rateLimits: undefined, retryAfter })
  assert.is(decide(situation({ error: busy('7') })), 7_000)
  assert.is(decide(situation({ error: busy('0') })), 500)
  assert.is(decide(situation({ error: busy('soon') })), 500)
  assert.is(decide(situation({ error: busy('61') })), undefined)
})

waitMillis('law: is within its bounds for any dice', () => {
  const plan = fc.record({
    maxAttempts: fc.integer({ min: 1, max: 20 }),
    maxElapsedMillis: fc.nat(100_000),
    firstWaitMillis: fc.nat(5_000),
    longestWaitMillis: fc.nat(50_000),
  })
  fc.assert(
    fc.property(
      plan,
      fc.integer({ min: 1, max: 30 }),
      fc.nat(200_000),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (one, attempts, elapsedMillis, random) => {
        const wait = RetryPlan.waitMillis(one)(situation({ attempts, elapsedMillis, random }))
        if (wait === undefined) return
        assert.ok(Number.isInteger(wait) && wait >= 0 && wait <= one.longestWaitMillis)
        assert.ok(attempts < one.maxAttempts)
        assert.ok(elapsedMillis + wait <= one.maxElapsedMillis)
      },
    ),
  )
})

waitMillis.run()

const withRetry = suite('withRetry')

/** Runs to its end under a clock that goes as far as it must. */
const run = async (
  answers: ReadonlyArray<Sent>,
  plan = PLAN,
): Promise<{ readonly result: Sent; readonly attempts: number; readonly millis: number }> => {
  const clock = FakeClock.make()
  const start = clock.now()
  const { transport, sent } = recording(
    (_one, index) => answers[Math.min(index, answers.length - 1)] ?? unreachable,
  )
  let ended: number | undefined
  const running = _(clock, { plan })(transport)(sealed('error'))().then((result) => {
    ended = clock.now()
    return result
  })
  await clock.advance(plan.maxElapsedMillis + 1)
  const result = await running
  assert.is(clock.pending(), 0)
  return { result, attempts: sent.length, millis: (ended ?? Number.NaN) - start }
}

withRetry('tries again until it is taken, and tells how often', async () => {
  const { result, attempts } = await run([unreachable, refused(503), taken()])
  assert.is(attempts, 3)
  assert.is(E.isRight(result) && result.right.retries, 2)
})

withRetry('does not tell of retries where there were none', async () => {
  assert.equal((await run([taken()])).result, taken())
  assert.equal((await run([refused(400)])).result, refused(400))
})

withRetry('gives up with what the last attempt failed with', async () => {
  const { result, attempts } = await run([unreachable, refused(503)])
  assert.is(attempts, 4)
  assert.ok(E.isLeft(result))
  assert.is(TransportError.retriesOf(result.left), 3)
  assert.equal(E.left(TransportError.lastOf(result.left)), refused(503))
})

withRetry('never repeats what no time mends: 429 and 500 neither', async () => {
  for (const status of [301, 400, 401, 403, 404, 413, 429, 500]) {
    assert.is((await run([refused(status)])).attempts, 1)
  }
})

withRetry('law: ends within its attempts and its time, with the answer of its last attempt', () => {
  const one = fc.constantFrom(
    unreachable,
    taken(),
    refused(503),
    refused(503, undefined, '5'),
    refused(400),
    refused(429),
  )
  return fc.assert(
    fc.asyncProperty(
      fc.array(one, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 6 }),
      async (answers, maxAttempts) => {
        const { result, attempts, millis } = await run(answers, { ...PLAN, maxAttempts })
        const last = answers[Math.min(attempts, answers.length) - 1] ?? unreachable
        assert.ok(attempts >= 1 && attempts <= maxAttempts)
        assert.ok(millis <= PLAN.maxElapsedMillis)
        assert.is(E.isRight(result), E.isRight(last))
        if (E.isLeft(result) && E.isLeft(last)) {
          assert.equal(TransportError.lastOf(result.left), last.left)
          assert.is(TransportError.retriesOf(result.left), attempts - 1)
        }
      },
    ),
    { numRuns: 200 },
  )
})

withRetry('ends at once when it is closed, and tries nothing any more', async () => {
  const clock = FakeClock.make()
  const closing = new AbortController()
  const { transport, sent } = recording(() => unreachable)
  const running = _(clock, { plan: PLAN, signal: closing.signal })(transport)(sealed('error'))()
  await new Promise((resolve) => setImmediate(resolve))
  closing.abort()
  assert.equal(await running, unreachable)
  assert.equal([sent.length, clock.pending()], [1, 0])
})

withRetry.run()
