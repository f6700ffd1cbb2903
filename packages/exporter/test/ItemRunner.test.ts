import * as Hooks from '@sentry-exporter/core/Hooks'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import { ItemText, type LogItemsOptions } from '@sentry-exporter/core/pipeline'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as EnvelopePlan from '../src/EnvelopePlan.ts'
import * as _ from '../src/ItemRunner.ts'
import * as LogSteps from '../src/LogSteps.ts'

const record = (body: string): LogRecord => ({
  traceId: undefined,
  spanId: undefined,
  timeMicros: Micros.zero,
  severity: 9,
  body,
  attributes: {},
  resource: resource('shop'),
})

const records = (count: number): ReadonlyArray<LogRecord> =>
  Array.from({ length: count }, (_unused, n) => record(`log ${n}`))

/** Steps whose envelopes are a name and the texts of the logs. */
const stepsNamed = (
  name: string,
  hook?: LogItemsOptions['hook'],
): LogSteps.LogSteps<readonly [string, ReadonlyArray<string>]> => {
  return LogSteps.of<readonly [string, ReadonlyArray<string>]>({
    mapping: Mapping.sentry,
    hooks: { ...Hooks.defaults, log: hook },
    encodeItems: ({ items }) => [name, items.map((log) => JSON.parse(ItemText.textOf(log)).body)],
  })
}

type Steps = ReturnType<typeof stepsNamed>

type Emitted = EnvelopePlan.PlannedStep<readonly [string, ReadonlyArray<string>]>

interface Setup {
  readonly clock: FakeClock.FakeClock
  readonly runner: _.ItemRunner<
    LogRecord,
    LogSteps.LogState,
    readonly [string, ReadonlyArray<string>]
  >
  readonly ready: ReadonlyArray<Emitted>
}

const OFF: Steps = LogSteps.of({ mapping: Mapping.sentry })

const setup = (steps: Steps = stepsNamed('first')): Setup => {
  const clock = FakeClock.make()
  const ready: Array<Emitted> = []
  const runner = _.make({
    steps,
    clock,
    onReady: (emitted) => {
      ready.push(emitted)
    },
  })
  return { clock, runner, ready }
}

const envelopes = ({ plans }: Emitted): ReadonlyArray<unknown> =>
  plans.map(({ make }) => make().envelope)

const make = suite('ItemRunner.make')

make('sends what waits five seconds after the first log came, with one timer', async () => {
  const { clock, ready, runner } = setup()
  assert.equal(runner.take([record('a')]).plans, [])
  await clock.advance(3_000)
  runner.take([record('b')])
  assert.equal([clock.pending(), runner.waiting()], [1, 2])
  await clock.advance(1_999)
  assert.is(ready.length, 0)
  await clock.advance(1)
  assert.equal(ready.map(envelopes), [[['first', ['a', 'b']]]])
  assert.equal([clock.pending(), runner.waiting()], [0, 0])
  runner.take([record('c')])
  await clock.advance(5_000)
  assert.equal(ready.slice(1).map(envelopes), [[['first', ['c']]]])
})

make('gives full groups at once', () => {
  const { clock, runner } = setup()
  const { plans } = runner.take(records(250))
  assert.equal(
    plans.map(({ make, spans }) => [make().envelope?.[1].length, spans]),
    [
      [100, 0],
      [100, 0],
    ],
  )
  assert.equal([runner.waiting(), clock.pending()], [50, 1])
})

make('gives everything at a flush, and cancels the timer', async () => {
  const { clock, ready, runner } = setup()
  runner.take([record('a')])
  assert.equal(envelopes(runner.flush()), [['first', ['a']]])
  assert.equal([runner.waiting(), clock.pending()], [0, 0])
  assert.equal(runner.flush().plans, [])
  await clock.advance(60_000)
  assert.is(ready.length, 0)
})

make('sets no timer for records of which none is left', () => {
  const { clock, runner } = setup(stepsNamed('first', () => ({ _tag: 'None' })))
  const { plans, losses } = runner.take(records(3))
  assert.equal([plans, losses], [[], { before_send_log: 3 }])
  assert.equal(runner.take([]), { plans: [], losses: {}, waiting: 0 })
  assert.equal([runner.waiting(), clock.pending()], [0, 0])
})

make('counts and names the failures of a hook', () => {
  const failing = () => {
    throw new Error('a fault')
  }
  const { runner } = setup(stepsNamed('first', failing))
  const { losses, failures } = runner.take(records(2))
  assert.equal([losses, failures?.length], [{ hook_failed_log: 2 }, 1])
})

make('keeps logs that wait when it is stopped', async () => {
  const { clock, ready, runner } = setup()
  runner.take([record('a')])
  runner.stop()
  await clock.advance(60_000)
  assert.equal([ready.length, runner.waiting(), clock.pending()], [0, 1, 0])
  assert.equal(envelopes(runner.flush()), [['first', ['a']]])
})

make('takes nothing if logs are off', () => {
  const clock = FakeClock.make()
  const runner = _.make({ steps: OFF, clock, onReady: () => assert.unreachable() })
  assert.not(runner.isOn())
  assert.equal(runner.take(records(3)), { plans: [], losses: {}, waiting: 0 })
  assert.equal([runner.waiting(), clock.pending()], [0, 0])
  assert.equal(runner.flush(), { plans: [], losses: {}, waiting: 0 })
})

make('sends what waits by its former steps when they change', async () => {
  for (const [next, isOn] of [
    [stepsNamed('second'), true],
    [OFF, false],
  ] as const) {
    const { clock, ready, runner } = setup()
    runner.take([record('a')])
    runner.change(next)
    assert.is(runner.isOn(), isOn)
    assert.equal(ready.map(envelopes), [[['first', ['a']]]])
    assert.equal([runner.waiting(), clock.pending()], [0, 0])
    runner.take([record('b')])
    assert.equal(envelopes(runner.flush()), isOn ? [['second', ['b']]] : [])
  }
})

make('can be turned on later', () => {
  const clock = FakeClock.make()
  const runner = _.make({ steps: OFF, clock, onReady: () => assert.unreachable() })
  runner.change(stepsNamed('later'))
  assert.ok(runner.isOn())
  runner.take([record('a')])
  assert.equal(envelopes(runner.flush() as Emitted), [['later', ['a']]])
})

make.run()
