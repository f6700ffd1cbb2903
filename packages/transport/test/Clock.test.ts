import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withDeadline as _, systemClock } from '../src/Clock.ts'

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

system.run()
