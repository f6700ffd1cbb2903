import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Rules } from '../src/Assembly.ts'
import * as _ from '../src/AssemblyRunner.ts'

const at = (n: number, parent: number | undefined): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    flags: 0x101,
  })

interface World {
  readonly clock: FakeClock.FakeClock
  readonly driver: _.AssemblyRunner
  readonly ready: ReadonlyArray<_.Emitted>
}

const world = (limits: Limits.Limits = Limits.gateway, rules: Rules = {}): World => {
  const clock = FakeClock.make()
  const ready: Array<_.Emitted> = []
  const driver = _.make({
    mapping: Mapping.sentry,
    limits,
    rules,
    clock,
    onReady: (driven) => {
      ready.push(driven)
    },
  })
  return { clock, driver, ready }
}

const make = suite('Driver.make')

make('sends what is ready when its time has come, with one alarm', async () => {
  const { clock, driver, ready } = world()
  assert.equal(driver.arrive([at(2, 1)]).ready, [])
  driver.arrive([at(1, undefined)])
  assert.is(clock.pending(), 1)
  assert.is(driver.waiting(), 2)
  await clock.advance(6_999)
  assert.is(ready.length, 0)
  await clock.advance(1)
  assert.is(ready.length, 1)
  assert.is(ready[0]?.ready[0]?.spans, 2)
  assert.is(ready[0]?.waiting, -2)
  assert.is(driver.waiting(), 0)
})

make('gives what is ready at once in the own process', () => {
  const { driver } = world(Limits.inProcess)
  assert.is(driver.arrive([at(2, 1)]).waiting, 1)
  const { ready, waiting } = driver.arrive([at(1, undefined)])
  assert.is(ready.length, 1)
  assert.is(waiting, -1)
})

make('lets everything go at a flush, and rings no more once stopped', async () => {
  const { clock, driver, ready } = world()
  driver.arrive([at(2, 1)])
  assert.is(driver.flush().ready.length, 1)
  driver.arrive([at(3, 1)])
  driver.stop()
  assert.is(clock.pending(), 0)
  await clock.advance(10_000_000)
  assert.is(ready.length, 0)
  assert.is(driver.waiting(), 1)
})

make('tells what time alone lost: there may be nothing to send', async () => {
  const { clock, driver, ready } = world(Limits.gateway, { transactions: false })
  driver.arrive([at(1, undefined)])
  await clock.advance(7_000)
  assert.equal(ready, [{ ready: [], losses: { transactions_off: 1 }, waiting: -1 }])
})

make('forgets at last what it sent: nothing is held and no alarm is set', async () => {
  const { clock, driver } = world()
  driver.arrive([at(1, undefined)])
  await clock.advance(Limits.gateway.settleMillis + Limits.gateway.lateWindowMillis)
  assert.is(driver.waiting(), 0)
  assert.is(clock.pending(), 0)
})

make.run()
