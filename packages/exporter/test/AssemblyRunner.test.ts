import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/AssemblyRunner.ts'
import type { EnvelopePlan } from '../src/EnvelopePlan.ts'
import * as EventEnvelope from '../src/EventEnvelope.ts'
import type { FinishedSpan } from '../src/FinishedSpan.ts'
import * as Pipeline from '../src/Pipeline.ts'

const at = (n: number, parent: number | undefined): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    flags: 0x101,
  })

type Plan = EnvelopePlan<ReturnType<typeof EventEnvelope.unaddressed>>

interface Setup {
  readonly clock: FakeClock.FakeClock
  readonly runner: _.AssemblyRunner<FinishedSpan, Plan>
  readonly ready: ReadonlyArray<_.Emitted<Plan>>
}

const setup = (
  limits: Limits.Limits = Limits.gateway,
  rules: Pick<Pipeline.Options<never>, 'transactions'> = {},
): Setup => {
  const clock = FakeClock.make()
  const ready: Array<_.Emitted<Plan>> = []
  const runner = _.make({
    machine: Pipeline.machine({
      mapping: Mapping.sentry,
      limits,
      errors: defaultErrorRules,
      encode: EventEnvelope.unaddressed,
      ...rules,
    }),
    clock,
    onReady: (emitted) => {
      ready.push(emitted)
    },
  })
  return { clock, runner, ready }
}

const make = suite('AssemblyRunner.make')

make('sends segments when they are ready, with one timer', async () => {
  const { clock, runner, ready } = setup()
  assert.equal(runner.arrive([at(2, 1)]).plans, [])
  runner.arrive([at(1, undefined)])
  assert.is(clock.pending(), 1)
  assert.is(runner.waiting(), 2)
  await clock.advance(6_999)
  assert.is(ready.length, 0)
  await clock.advance(1)
  assert.is(ready.length, 1)
  assert.is(ready[0]?.plans[0]?.spans, 2)
  assert.is(ready[0]?.waiting, -2)
  assert.is(runner.waiting(), 0)
})

make('gives what is ready at once in the own process', () => {
  const { runner } = setup(Limits.inProcess)
  assert.is(runner.arrive([at(2, 1)]).waiting, 1)
  const { plans, waiting } = runner.arrive([at(1, undefined)])
  assert.is(plans.length, 1)
  assert.is(waiting, -1)
})

make('releases everything at a flush, and sets no timer once stopped', async () => {
  const { clock, runner, ready } = setup()
  runner.arrive([at(2, 1)])
  assert.is(runner.flush().plans.length, 1)
  runner.arrive([at(3, 1)])
  runner.stop()
  assert.is(clock.pending(), 0)
  await clock.advance(10_000_000)
  assert.is(ready.length, 0)
  assert.is(runner.waiting(), 1)
})

make('counts spans that time alone lost: there may be nothing to send', async () => {
  const { clock, runner, ready } = setup(Limits.gateway, { transactions: false })
  runner.arrive([at(1, undefined)])
  await clock.advance(7_000)
  assert.equal(ready, [{ plans: [], losses: { transactions_off: 1 }, waiting: -1 }])
})

for (const hours of [-1, 1]) {
  make(`sends at the same time if the clock is set by ${hours} h meanwhile`, async () => {
    const { clock, runner, ready } = setup()
    clock.jump(hours * 3_600_000)
    for (const n of [1, 2, 3]) runner.arrive([at(n, undefined)])
    assert.is(runner.waiting(), 3)
    await clock.advance(7_000)
    assert.is(ready.flatMap(({ plans }) => plans).length, 3)
    assert.is(runner.waiting(), 0)
  })
}

make('a clock that is set back under way delays by at most what had passed', async () => {
  const { clock, runner } = setup()
  runner.arrive([at(1, undefined)])
  await clock.advance(5_000)
  clock.jump(-3_600_000)
  runner.arrive([at(2, undefined)])
  await clock.advance(12_000)
  assert.is(runner.waiting(), 0)
})

make('forgets sent spans in the end: nothing is held and no timer is set', async () => {
  const { clock, runner } = setup()
  runner.arrive([at(1, undefined)])
  await clock.advance(Limits.gateway.settleMillis + Limits.gateway.lateWindowMillis)
  assert.is(runner.waiting(), 0)
  assert.is(clock.pending(), 0)
})

make.run()
