import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { systemClock } from '../src/systemClock.ts'
import { within as _ } from '../src/within.ts'

const within = suite('within')

within('is true for what settles in time, well or badly, and leaves no alarm behind', async () => {
  const clock = FakeClock.make()
  assert.is(await _(clock, 100)(Promise.resolve()), true)
  assert.is(await _(clock, 100)(Promise.reject(new Error('bad'))), true)
  assert.is(clock.pending(), 0)
})

within('is false for what takes longer', async () => {
  const clock = FakeClock.make()
  const waiting = _(clock, 100)(new Promise(() => undefined))
  await clock.advance(100)
  assert.is(await waiting, false)
})

within.run()

const system = suite('systemClock')

system('goes, sleeps, rings and can be called off', async () => {
  const start = systemClock.now()
  let rang = 0
  const callOff = systemClock.setTimer(1, () => rang++)
  callOff()
  systemClock.setTimer(1, () => rang++)
  await systemClock.sleep(10)()
  assert.ok(systemClock.now() - start >= 8)
  assert.is(rang, 1)
  const random = systemClock.random()
  assert.ok(random >= 0 && random < 1)
})

system.run()
