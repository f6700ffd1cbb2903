import * as RateLimits from '@sentry-exporter/envelope/RateLimits'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { withRateLimits as _ } from '../src/withRateLimits.ts'
import { accepted, answer, recording, refused, sealed, unreachable } from './envelopes.ts'

const withRateLimits = suite('withRateLimits')

withRateLimits(
  'reads successful responses too, and sends nothing until the limit expires',
  async () => {
    const clock = FakeClock.make()
    const { transport, sent } = recording((_one, index) =>
      accepted(index === 0 ? '60:error:key' : undefined),
    )
    const limited = _(clock)(transport)
    await limited(sealed('transaction'))()
    assert.equal(
      await limited(sealed('error'))(),
      E.left({ _tag: 'RateLimited', category: 'error', untilMillis: clock.now() + 60_000 }),
    )
    assert.ok(E.isRight(await limited(sealed('transaction'))()))
    await clock.advance(59_999)
    assert.ok(E.isLeft(await limited(sealed('error'))()))
    await clock.advance(1)
    assert.ok(E.isRight(await limited(sealed('error'))()))
    assert.is(sent.length, 3)
  },
)

for (const hours of [-1, 1]) {
  withRateLimits(
    `a limit of a minute takes a minute if the clock is set by ${hours} h`,
    async () => {
      let passed = 0
      const clock = FakeClock.make()
      const { transport } = recording(() => accepted('60:error:key'))
      const limited = _({ now: clock.now, monotonic: () => passed })(transport)
      await limited(sealed('error'))()
      clock.jump(hours * 3_600_000)
      passed += 59_999
      assert.equal(
        await limited(sealed('error'))(),
        E.left({ _tag: 'RateLimited', category: 'error', untilMillis: clock.now() + 1 }),
      )
      passed += 1
      assert.ok(E.isRight(await limited(sealed('error'))()))
    },
  )
}

withRateLimits('reads refusals, and passes them on', async () => {
  const clock = FakeClock.make()
  const { transport, sent } = recording(() => refused(429))
  const limited = _(clock)(transport)
  assert.equal(await limited(sealed('error'))(), refused(429))
  for (const category of ['error', 'transaction', 'internal'] as const) {
    assert.is(E.isLeft(await limited(sealed(category))()), true)
  }
  assert.is(sent.length, 1)
})

withRateLimits(
  'sends errors while transactions are limited, also by the limit for spans',
  async () => {
    const { transport, sent } = recording(() => accepted('60:span:key'))
    const limited = _(FakeClock.make())(transport)
    await limited(sealed('error'))()
    assert.ok(E.isLeft(await limited(sealed('transaction'))()))
    assert.ok(E.isRight(await limited(sealed('error'))()))
    assert.is(sent.length, 2)
  },
)

withRateLimits('are separate for two transports', async () => {
  const policy = _(FakeClock.make())
  const [one, other] = [
    policy(recording(() => refused(429)).transport),
    policy(recording(() => accepted()).transport),
  ]
  await one(sealed('error'))()
  assert.ok(E.isRight(await other(sealed('error'))()))
})

const header = fc
  .tuple(
    fc.integer({ min: 0, max: 20 }),
    fc.subarray(['error', 'transaction', 'span', 'odd'], { minLength: 0 }),
  )
  .map(([seconds, categories]) => `${seconds}:${categories.join(';')}:key`)

const step = fc.record({
  category: fc.constantFrom('error' as const, 'transaction' as const, 'internal' as const),
  waitMillis: fc.constantFrom(0, 1, 500, 5_000, 15_000),
  status: fc.constantFrom(200, 429, 500, 0),
  header: fc.option(header, { nil: undefined }),
})

withRateLimits('law: only envelopes that no earlier response limits are sent', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const clock = FakeClock.make()
      let current = steps[0]
      const { transport, sent } = recording(() => {
        if (current === undefined || current.status === 0) return unreachable
        return current.status === 200
          ? accepted(current.header)
          : refused(current.status, current.header)
      })
      const limited = _(clock)(transport)
      let limits = RateLimits.empty
      for (const one of steps) {
        current = one
        await clock.advance(one.waitMillis)
        const expected = RateLimits.heldUntil(one.category, clock.now())(limits)
        const before = sent.length
        const result = await limited(sealed(one.category))()
        assert.is(sent.length - before, expected === undefined ? 1 : 0)
        assert.is(E.isLeft(result) && result.left._tag === 'RateLimited', expected !== undefined)
        if (expected === undefined && one.status !== 0) {
          const response = answer(one.status, one.header)
          limits = RateLimits.Monoid.concat(limits, RateLimits.read(response, clock.now()))
        }
      }
    }),
    { numRuns: 200 },
  ),
)

withRateLimits.run()
