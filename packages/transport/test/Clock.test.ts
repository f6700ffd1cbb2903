import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withDeadline as _, deadlineMillis, stopwatch, systemClock } from '../src/Clock.ts'
import * as Range from '../src/Range.ts'
import { oddNumber } from './odd.ts'

const withDeadline = suite('withDeadline')

withDeadline(
  'is true for a promise that settles in time, resolved or rejected, and cancels its timer',
  async () => {
    const clock = FakeClock.make()
    assert.is(await _(clock, 100)(Promise.resolve()), true)
    assert.is(await _(clock, 100)(Promise.reject(new Error('bad'))), true)
    assert.is(clock.pending(), 0)
  },
)

withDeadline('is false for a promise that takes longer', async () => {
  const clock = FakeClock.make()
  const waiting = _(clock, 100)(new Promise(() => undefined))
  await clock.advance(100)
  assert.is(await waiting, false)
})

withDeadline('law: its timer is within the range of timers for any value', () =>
  fc.assert(
    fc.asyncProperty(oddNumber, async (millis) => {
      const asked: Array<number> = []
      const clock = {
        setTimer: (after: number) => {
          asked.push(after)
          return () => undefined
        },
      }
      assert.is(await _(clock, millis)(Promise.resolve()), true)
      if (millis === Number.POSITIVE_INFINITY) assert.equal(asked, [])
      else assert.equal(asked, [deadlineMillis(millis)])
      for (const after of asked) assert.ok(after >= 0 && after <= Range.MAX_TIMER_MILLIS)
    }),
  ),
)

withDeadline('waits without a limit for Infinity', async () => {
  const clock = FakeClock.make()
  const waiting = _(clock, Number.POSITIVE_INFINITY)(clock.sleep(1e9)())
  await clock.advance(1e9)
  assert.is(await waiting, true)
})

withDeadline.run()

const system = suite('systemClock')

system('has the time, sleeps, and calls back unless the timer is cancelled', async () => {
  const start = systemClock.now()
  let calls = 0
  const cancel = systemClock.setTimer(1, () => calls++)
  cancel()
  systemClock.setTimer(1, () => calls++)
  await systemClock.sleep(10)()
  assert.ok(systemClock.now() - start >= 8)
  assert.is(calls, 1)
  const random = systemClock.random()
  assert.ok(random >= 0 && random < 1)
})

system('shortens times beyond the longest timer, which would fire at once', async () => {
  let calls = 0
  const cancels = [2 ** 31, 1e300, Number.POSITIVE_INFINITY].map((millis) =>
    systemClock.setTimer(millis, () => calls++),
  )
  await systemClock.sleep(20)()
  for (const cancel of cancels) cancel()
  assert.is(calls, 0)
})

system.run()

const watch = suite('stopwatch')

watch('starts at the time of the clock and never goes back', async () => {
  const clock = FakeClock.make(1_000)
  const millis = stopwatch(clock)
  assert.is(millis(), 1_000)
  await clock.advance(500)
  assert.is(millis(), 1_500)
  clock.jump(-3_600_000)
  assert.is(millis(), 1_500)
  await clock.advance(500)
  assert.is(millis(), 2_000)
})

watch('follows the monotonic source of a clock, whatever its date is', () => {
  let [now, passed] = [1_000, 7]
  const millis = stopwatch({ now: () => now, monotonic: () => passed })
  now = -5
  passed += 20
  assert.is(millis(), 1_020)
  now = Number.NaN
  passed = Number.NaN
  assert.is(millis(), 1_020)
  passed = 30
  assert.is(millis(), 1_023)
})

watch('of a system clock with another date follows that date', () => {
  let now = 1_000
  const millis = stopwatch({ ...systemClock, now: () => now })
  now += 60_000
  assert.is(millis(), 61_000)
})

watch.run()
