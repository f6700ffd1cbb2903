import * as Hooks from '@sentry-exporter/core/Hooks'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import { ItemText, type LogItemsOptions } from '@sentry-exporter/core/pipeline'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { resource } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as EnvelopePlan from '../src/EnvelopePlan.ts'
import * as _ from '../src/ItemRunner.ts'
import * as ItemSteps from '../src/ItemSteps.ts'
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

/** Values that wait for the even second after them; negative ones are lost. The state also counts all values. */
interface Counting {
  readonly seen: number
  readonly since: number | undefined
  readonly open: ReadonlyArray<readonly [value: number, untilMillis: number]>
}

const item = (value: number): ItemText.PrintedItem => ({
  before: String(value),
  shared: { text: '' },
  after: '',
  bytes: 1,
  from: resource('shop'),
})

const COUNTING: ItemSteps.ItemSource<number, Counting> = {
  initial: (since) => ({ seen: 0, since, open: [] }),
  take: (state, values, nowMillis) => ({
    state: {
      ...state,
      seen: state.seen + values.length,
      open: [
        ...state.open,
        ...values
          .filter((value) => value % 2 === 1)
          .map((value) => [value, Math.ceil(nowMillis / 60_000) * 60_000] as const),
      ],
    },
    items: values.filter((value) => value >= 0 && value % 2 === 0).map(item),
    losses: Losses.of('metric_no_value', values.filter((value) => value < 0).length),
  }),
  release: (state, nowMillis) => ({
    state: { ...state, open: state.open.filter(([, until]) => until > nowMillis) },
    items: state.open.filter(([, until]) => until <= nowMillis).map(([value]) => item(value)),
    losses: Losses.empty,
  }),
  series: () => 0,
  waiting: ({ open }) => open.length,
}

type Texts = ReadonlyArray<string>

const texts = ({ plans }: EnvelopePlan.PlannedStep<Texts>): ReadonlyArray<Texts | undefined> =>
  plans.map(({ make }) => make().envelope)

const counting = (
  isOn = true,
  source: ItemSteps.ItemSource<number, Counting> = COUNTING,
): ItemSteps.ItemSteps<number, Counting, Texts> =>
  ItemSteps.of<number, Counting, Texts>('trace_metric', source, {
    mapping: Mapping.sentry,
    encodeItems: isOn ? ({ items }) => items.map(ItemText.textOf) : undefined,
  })

/** Of the clock. */
const START_MILLIS = 1_700_000_000_000

interface CountingSetup {
  readonly clock: FakeClock.FakeClock
  readonly runner: _.ItemRunner<number, Counting, Texts>
  readonly ready: ReadonlyArray<_.WaitedItems<Texts>>
}

const started = (steps = counting()): CountingSetup => {
  const clock = FakeClock.make(START_MILLIS)
  const ready: Array<_.WaitedItems<Texts>> = []
  const runner = _.make({ steps, clock, onReady: (emitted) => ready.push(emitted) })
  return { clock, runner, ready }
}

const sources = suite('ItemRunner.make: sources with a state')

sources('keeps items that are not complete, and sends them when they are', async () => {
  const { clock, ready, runner } = started()
  await clock.advance(1)
  assert.equal(runner.take([1, 2, 3]).waiting, 3)
  await clock.advance(5_000)
  assert.equal(ready.map(texts), [[['2']]])
  assert.equal([runner.waiting(), clock.pending()], [2, 1])
  await clock.advance(60_000)
  assert.equal(ready.map(texts), [[['2']], [['1', '3']]])
  assert.equal(
    ready.map(({ waiting }) => waiting),
    [-1, -2],
  )
  assert.equal([runner.waiting(), clock.pending()], [0, 0])
})

sources(
  'gives items that are not complete at a flush, after those that wait for others',
  async () => {
    const { clock, runner } = started()
    await clock.advance(1)
    runner.take([1, 2])
    const { plans, waiting } = runner.flush()
    assert.equal([texts({ plans, losses: {} }), waiting], [[['2', '1']], -2])
    assert.equal([runner.waiting(), clock.pending()], [0, 0])
  },
)

sources('counts losses when time passes, also if no envelope leaves', async () => {
  const losing = (state: Counting): ItemSteps.SourceStep<Counting> => ({
    state: { ...state, open: [] },
    items: [],
    losses: { metric_series: 1 },
  })
  const { clock, ready, runner } = started(counting(true, { ...COUNTING, release: losing }))
  await clock.advance(1)
  runner.take([1])
  await clock.advance(5_000)
  assert.equal(ready, [{ plans: [], losses: { metric_series: 1 }, waiting: -1 }])
})

/** The states that a source was given. */
const watched = (): {
  readonly source: typeof COUNTING
  readonly given: ReadonlyArray<Counting>
} => {
  const given: Array<Counting> = []
  const take: (typeof COUNTING)['take'] = (state, ...rest) => {
    given.push(state)
    return COUNTING.take(state, ...rest)
  }
  return { source: { ...COUNTING, take }, given }
}

sources('keeps the state when the steps change, and sends what waits', async () => {
  const { clock, ready, runner } = started()
  await clock.advance(1)
  runner.take([1, 2])
  const { given, source } = watched()
  runner.change(counting(true, source))
  assert.equal([ready.map(texts), runner.waiting(), clock.pending()], [[[['2', '1']]], 0, 0])
  runner.take([4])
  assert.equal(given, [{ seen: 2, since: START_MILLIS, open: [] }])
})

sources('forgets the state while it is off', async () => {
  const { clock, runner } = started()
  runner.take([2])
  runner.change(counting(false))
  await clock.advance(1_000)
  const { given, source } = watched()
  runner.change(counting(true, source))
  runner.take([4])
  assert.equal(given, [{ seen: 0, since: START_MILLIS + 1_000, open: [] }])
})

const moves = fc.array(
  fc.oneof(
    fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 30 }),
    fc.constantFrom(1, 4_999, 5_000, 61_000),
    fc.constantFrom('flush' as const, 'change' as const),
  ),
  { maxLength: 12 },
)

sources('law: each item leaves once, and is counted as waiting until then', () =>
  fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const { clock, ready, runner } = started()
      const steps: Array<_.WaitedItems<Texts>> = []
      let given = 0
      let made: ReadonlyArray<number> = []
      for (const move of all) {
        if (move === 'flush') steps.push(runner.flush())
        else if (move === 'change') runner.change(counting())
        else if (typeof move === 'number') await clock.advance(move)
        else {
          steps.push(runner.take(move))
          given += move.length
          made = [...made, ...move.filter((value) => value >= 0)]
        }
        const emitted = [...steps, ...ready]
        const left = emitted.flatMap(texts).flatMap((one) => one ?? [])
        assert.is(runner.waiting(), made.length - left.length)
        assert.is(
          emitted.reduce((sum, { waiting }) => sum + waiting, 0),
          runner.waiting(),
        )
        assert.is(clock.pending(), runner.waiting() > 0 ? 1 : 0)
      }
      steps.push(runner.flush())
      const left = [...steps, ...ready].flatMap(texts).flatMap((one) => (one ?? []).map(Number))
      assert.equal([...left].sort(), [...made].sort())
      const losses = Losses.concatAll([...steps, ...ready].map((step) => step.losses))
      assert.is(losses.metric_no_value ?? 0, given - made.length)
    }),
    { numRuns: 100 },
  ),
)

sources.run()
