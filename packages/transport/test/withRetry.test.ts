import type { Category } from '@sentry-exporter/envelope/Category'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type * as RetryPlan from '../src/RetryPlan.ts'
import * as TransportError from '../src/TransportError.ts'
import { withRetry as _ } from '../src/withRetry.ts'
import { accepted, recording, refused, type Sent, sealed, unreachable } from './envelopes.ts'

const PLAN: RetryPlan.RetryPlan = {
  maxAttempts: 4,
  maxElapsedMillis: 60_000,
  firstWaitMillis: 1_000,
  longestWaitMillis: 3_000,
  mayDuplicate: false,
}

const withRetry = suite('withRetry')

/** Runs to its end under a clock that goes as far as it must. */
const run = async (
  answers: ReadonlyArray<Sent>,
  plan = PLAN,
  category: Category = 'error',
): Promise<{ readonly result: Sent; readonly attempts: number; readonly millis: number }> => {
  const clock = FakeClock.make()
  const start = clock.now()
  const { transport, sent } = recording(
    (_one, index) => answers[Math.min(index, answers.length - 1)] ?? unreachable,
  )
  let ended: number | undefined
  const running = _(clock, { plan })(transport)(sealed(category))().then((result) => {
    ended = clock.now()
    return result
  })
  await clock.advance(plan.maxElapsedMillis + 1)
  const result = await running
  assert.is(clock.pending(), 0)
  return { result, attempts: sent.length, millis: (ended ?? Number.NaN) - start }
}

withRetry('retries until the envelope is accepted, and counts the retries', async () => {
  const { result, attempts } = await run([unreachable, refused(503), accepted()])
  assert.is(attempts, 3)
  assert.is(E.isRight(result) && result.right.retries, 2)
})

for (const hours of [-1, 1]) {
  withRetry(`tries as often if the clock is set by ${hours} h under way`, async () => {
    const clock = FakeClock.make()
    let passed = 0
    const { transport, sent } = recording((_one, index) => {
      passed += 10
      if (index === 0) clock.jump(hours * 3_600_000)
      return unreachable
    })
    const stepping = { ...clock, monotonic: () => passed }
    const running = _(stepping, { plan: PLAN })(transport)(sealed('error'))()
    await clock.advance(PLAN.maxElapsedMillis)
    await running
    assert.is(sent.length, PLAN.maxAttempts)
  })
}

withRetry('has no count without retries', async () => {
  assert.equal((await run([accepted()])).result, accepted())
  assert.equal((await run([refused(400)])).result, refused(400))
})

withRetry('fails with the error of the last attempt', async () => {
  const { result, attempts } = await run([unreachable, refused(503)])
  assert.is(attempts, 4)
  assert.ok(E.isLeft(result))
  assert.is(TransportError.retriesOf(result.left), 3)
  assert.equal(E.left(TransportError.lastOf(result.left)), refused(503))
})

withRetry('never retries permanent errors, 429 and 500 included', async () => {
  for (const status of [301, 400, 401, 403, 404, 413, 429, 500]) {
    assert.is((await run([refused(status)])).attempts, 1)
  }
})

withRetry('law: ends within its attempts and its time, with the result of its last attempt', () => {
  const one = fc.constantFrom(
    unreachable,
    accepted(),
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

const refusedConnection: Sent = E.left(TransportError.unreachable('ECONNREFUSED'))

const late: Sent = E.left(TransportError.timedOut(1))

/** Whether an envelope of each category is sent again after a failure; by default, and with `mayDuplicate`. */
const AGAIN: ReadonlyArray<readonly [string, Sent, boolean, boolean]> = [
  ['a refused connection', refusedConnection, true, true],
  ['408', refused(408), true, true],
  ['425', refused(425), true, true],
  ['503', refused(503), true, true],
  ['a broken connection', unreachable, false, true],
  ['no answer in time', late, false, true],
  ['502', refused(502), false, true],
  ['504', refused(504), false, true],
  ['500', refused(500), false, false],
  ['429', refused(429), false, false],
]

for (const [title, failure, isAgain, isAgainIfCopied] of AGAIN) {
  withRetry(`after ${title}: logs and metrics are ${isAgain ? '' : 'not '}sent again`, async () => {
    const answers = [failure, accepted()]
    const attempts = async (category: Category, mayDuplicate = false) =>
      (await run(answers, { ...PLAN, mayDuplicate }, category)).attempts
    for (const category of ['log_item', 'trace_metric'] as const) {
      assert.is(await attempts(category), isAgain ? 2 : 1)
      assert.is(await attempts(category, false), isAgain ? 2 : 1)
      assert.is(await attempts(category, true), isAgainIfCopied ? 2 : 1)
    }
    for (const category of ['error', 'transaction'] as const) {
      assert.is(await attempts(category), isAgainIfCopied ? 2 : 1)
    }
  })
}

withRetry('sends logs again as long as the server has not taken them', async () => {
  const { result, attempts } = await run(
    [refusedConnection, unreachable, accepted()],
    PLAN,
    'log_item',
  )
  assert.is(attempts, 2)
  assert.ok(E.isLeft(result))
  assert.equal(E.left(TransportError.lastOf(result.left)), unreachable)
})

withRetry('ends at once when the signal aborts, and retries no more', async () => {
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
