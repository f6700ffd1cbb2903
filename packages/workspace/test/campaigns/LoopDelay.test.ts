import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/campaigns/sdkLoad/LoopDelay.ts'

const start = suite('LoopDelay.start')

const WORK_MILLIS = 60

/** A process that has waited for a core for so long is slow whatever is measured. */
const work = (): void => {
  const end = performance.now() + WORK_MILLIS
  while (performance.now() < end) Math.sqrt(end)
}

start('measures the delay of a timer, and the part that is work of its own thread', async () => {
  const delay = _.start()
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.take()
  work()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const { maxMillis, maxOwnMillis, timers } = delay.take()
  delay.stop()
  assert.ok(maxMillis > WORK_MILLIS / 2, `${maxMillis}`)
  assert.ok(maxOwnMillis <= maxMillis)
  assert.ok(timers > 0)
})

start('begins again with each call', async () => {
  const delay = _.start()
  work()
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.take()
  assert.is(delay.take().timers, 0)
  delay.stop()
})

start.run()
