import * as Outcome from '@sentry-exporter/exporter/Outcome'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReadableSpan } from '../../src/readable/ReadableSpan.ts'
import * as _ from '../../src/spans/SpanSlices.ts'
import { context, readableSpan, spanId, traceId } from '../readable/readableSpans.ts'

/** A span of a trace; an entry has no parent. */
const spanOf = (n: number, trace = 1, isEntry = true): ReadableSpan =>
  readableSpan(n, {
    spanContext: () => context(n, { traceId: traceId(trace) }),
    ...(isEntry ? {} : { parentSpanContext: context(0) }),
  })

const isEntry = ({ parentSpanContext }: ReadableSpan): boolean => parentSpanContext === undefined

const idOf = (span: ReadableSpan): string => span.spanContext().spanId

/** `cost` is the time that a slice takes, in milliseconds. */
const setup = (cost: number | (() => number)) => {
  let nowMillis = 1_000
  const timers = new Set<() => void>()
  /** The sizes of the slices, by turn. */
  const turns: Array<Array<number>> = [[]]
  const ids: Array<string> = []
  const slices = _.make({
    isEntry,
    clock: {
      now: () => nowMillis,
      setTimer: (_millis, callback) => {
        timers.add(callback)
        return () => timers.delete(callback)
      },
    },
    handOver: (spans) => {
      nowMillis += typeof cost === 'number' ? cost : cost()
      turns.at(-1)?.push(spans.length)
      ids.push(...spans.map(idOf))
      return Promise.resolve({ ...Outcome.Monoid.empty, spansIn: spans.length })
    },
  })
  /** Runs the timers, turn by turn. */
  const runTimers = (): void => {
    while (timers.size > 0) {
      for (const timer of [...timers]) {
        timers.delete(timer)
        turns.push([])
        timer()
      }
    }
  }
  const spans = (count: number): ReadonlyArray<ReadableSpan> =>
    Array.from({ length: count }, (_unused, n) => spanOf(n, n))
  return { slices, turns, ids, spans, timers, runTimers }
}

const make = suite('SpanSlices.make')

make('hands a few spans over at once, as they are', () => {
  const { slices, turns, spans } = setup(100)
  void slices.give(spans(_.MIN_SLICE_SPANS))
  assert.equal(turns, [[_.MIN_SLICE_SPANS]])
  assert.is(slices.waiting(), 0)
})

make('starts no slice after the time of a turn', () => {
  const { slices, turns, spans, runTimers } = setup(_.TURN_MILLIS / 2)
  void slices.give(spans(_.MIN_SLICE_SPANS * 5))
  assert.is(slices.waiting(), _.MIN_SLICE_SPANS * 3)
  runTimers()
  assert.equal(
    turns.map(({ length }) => length),
    [2, 2, 1],
  )
  assert.is(slices.waiting(), 0)
})

make('slices grow while they are fast, and everything is handed over in one turn', () => {
  const { slices, turns, spans } = setup(0)
  void slices.give(spans(100))
  assert.equal(turns, [[8, 16, 32, 32, 12]])
})

make('slices shrink when they take long', () => {
  const costs = [0, 0, 0, 9, 9, 9, 9]
  const { slices, turns, spans, runTimers } = setup(() => costs.shift() ?? 0)
  void slices.give(spans(200))
  runTimers()
  assert.equal(turns, [[8, 16, 32, 32], [16], [8], [8], [8, 16, 32, 24]])
})

make('keeps the order of what is given later', () => {
  const { slices, ids, runTimers } = setup(_.TURN_MILLIS)
  const all = Array.from({ length: 100 }, (_unused, n) => spanOf(n, n))
  void slices.give(all.slice(0, 98))
  void slices.give(all.slice(98))
  runTimers()
  assert.equal(ids, all.map(idOf))
})

make('lets no more than a number of spans wait', () => {
  const { slices, spans } = setup(_.TURN_MILLIS)
  void slices.give(spans(_.MAX_WAITING * 2))
  assert.ok(slices.waiting() <= _.MAX_WAITING)
  assert.ok(slices.waiting() > _.MAX_WAITING - _.MAX_SLICE_SPANS * 2)
})

make('gives the outcome of all slices together', async () => {
  const { slices, spans, runTimers } = setup(_.TURN_MILLIS)
  const outcome = slices.give(spans(200))
  runTimers()
  assert.is((await outcome).spansIn, 200)
})

make('a drain waits for later turns', async () => {
  const { slices, spans, timers, runTimers } = setup(_.TURN_MILLIS)
  void slices.give(spans(200))
  const before = [...timers]
  const drained = slices.drain(1_000)
  // The timer of the deadline is not due.
  for (const timer of timers) if (!before.includes(timer)) timers.delete(timer)
  runTimers()
  assert.ok((await drained) < 1_000)
  assert.is(slices.waiting(), 0)
})

make('a drain whose time is over hands the rest over at once', async () => {
  const { slices, spans, timers, turns } = setup(_.TURN_MILLIS)
  void slices.give(spans(200))
  const before = [...timers]
  const drained = slices.drain(0)
  const [deadline] = [...timers].filter((timer) => !before.includes(timer))
  deadline?.()
  assert.is(await drained, 0)
  assert.is(slices.waiting(), 0)
  assert.is(turns.length, 1)
})

make('hands each span over once, whatever is given, and released', () => {
  const input = fc.array(
    fc.oneof(fc.nat({ max: 300 }), fc.constant('turn'), fc.constant('release')),
    {
      maxLength: 8,
    },
  )
  fc.assert(
    fc.property(input, fc.integer({ min: 0, max: _.TURN_MILLIS }), (steps, costMillis) => {
      const { slices, ids, timers, runTimers } = setup(costMillis)
      let given = 0
      for (const step of steps) {
        if (typeof step === 'number') {
          const from = given
          given += step
          const spans = Array.from({ length: step }, (_unused, n) => spanOf(from + n, n % 7))
          void slices.give(spans)
        } else if (step === 'release') slices.release()
        else {
          const [timer] = timers
          if (timer !== undefined) {
            timers.delete(timer)
            timer()
          }
        }
      }
      runTimers()
      assert.is(slices.waiting(), 0)
      assert.equal([...ids].sort(), Array.from({ length: given }, (_unused, n) => spanId(n)).sort())
    }),
    { numRuns: 60 },
  )
})

make.run()

const byTrace = suite('SpanSlices.byTrace')

byTrace('brings the spans of a trace together, its entries after its other spans', () => {
  const spans = [
    spanOf(1, 1, false),
    spanOf(2, 2),
    spanOf(3, 1),
    spanOf(4, 2, false),
    spanOf(5, 1, false),
  ]
  assert.equal(_.byTrace(spans, isEntry).map(idOf), [1, 5, 3, 4, 2].map(spanId))
})

byTrace('keeps a span that has no context', () => {
  const broken = readableSpan(1, {
    spanContext: () => {
      throw new Error('no context')
    },
  })
  assert.equal(_.byTrace([broken, spanOf(2)], isEntry).length, 2)
})

byTrace.run()
