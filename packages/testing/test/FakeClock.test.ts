import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/FakeClock.ts'

const clock = suite('FakeClock')

clock('moves only when it is advanced', async () => {
  const { now, advance } = _.make(1_000)
  assert.is(now(), 1_000)
  await advance(20)
  assert.is(now(), 1_020)
})

clock('fires timers in the order of their times, each at its time', async () => {
  const { now, setTimer, advance, pending } = _.make(0)
  const fired: Array<readonly [string, number]> = []
  setTimer(20, () => fired.push(['b', now()]))
  setTimer(10, () => {
    fired.push(['a', now()])
    setTimer(5, () => fired.push(['set by a', now()]))
  })
  setTimer(50, () => fired.push(['late', now()]))
  assert.is(pending(), 3)
  await advance(30)
  assert.equal(fired, [
    ['a', 10],
    ['set by a', 15],
    ['b', 20],
  ])
  assert.is(pending(), 1)
})

clock('fires no cancelled timer', async () => {
  const { setTimer, advance, pending } = _.make()
  let fired = 0
  const cancel = setTimer(10, () => fired++)
  cancel()
  assert.is(pending(), 0)
  await advance(20)
  assert.is(fired, 0)
})

clock('lets promises settle between timers', async () => {
  const { sleep, advance, now } = _.make(0)
  const woken: Array<number> = []
  const run = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      await sleep(10)()
      woken.push(now())
    }
  }
  const running = run()
  await advance(30)
  await running
  assert.equal(woken, [10, 20, 30])
})

clock('gives the same random numbers at every start, from 0 to below 1', () => {
  const numbers = (): ReadonlyArray<number> => {
    const { random } = _.make()
    return Array.from({ length: 100 }, random)
  }
  assert.equal(numbers(), numbers())
  assert.ok(numbers().every((number) => number >= 0 && number < 1))
  assert.is(new Set(numbers()).size, 100)
})

clock.run()
