import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { BenchResult } from '../../src/bench/BenchResult.ts'
import type { Figure } from '../../src/bench/Figure.ts'
import * as _ from '../../src/performance/PerformanceReport.ts'

const figure = (name: string, more: Partial<Figure> = {}): Figure => ({
  name,
  description: '',
  floor: undefined,
  budget: undefined,
  prepare: () => ({ spans: 1, run: () => undefined }),
  ...more,
})

const FIGURES = [figure('floor'), figure('path', { floor: 'floor', budget: 1.7 })]

const report = (figures: ReadonlyArray<BenchResult>): _.PerformanceReport => ({
  date: '2026-11-29',
  commit: 'c'.repeat(40),
  machine: { processor: 'x', cores: 2, memoryGigabytes: 8, node: 'v20.20.2', platform: 'linux' },
  figures,
})

const floor: BenchResult = { name: 'floor', value: 8, unit: 'us', budget: null }

const path: BenchResult = { name: 'path', value: 1.5, unit: 'F', budget: 1.7 }

const parse = suite('PerformanceReport.parse')

parse('reads back what show prints', () => {
  const one = report([floor, path])
  assert.equal(_.parse(_.show(one), FIGURES), E.right(one))
})

const REFUSED: ReadonlyArray<readonly [string, BenchResult, string]> = [
  ['a figure that the bench does not have', { ...path, name: 'other' }, 'there is no figure other'],
  ['an old budget', { ...path, budget: 2 }, 'path: expected the budget 1.7, got 2'],
  [
    'a value that is no number',
    { ...path, value: Number.NaN },
    'path: expected a number, got null',
  ],
]

for (const [what, result, problem] of REFUSED) {
  parse(`refuses ${what}`, () => {
    assert.equal(_.parse(_.show(report([floor, result])), FIGURES), E.left(problem))
  })
}

parse('refuses a text that is no JSON', () => {
  assert.ok(E.isLeft(_.parse('{', FIGURES)))
})

parse.run()

const folds = suite('PerformanceReport')

folds('a ratio is turned into microseconds by what it is a ratio to', () => {
  const one = report([floor, path])
  assert.is(_.microsOf(one, path, figure('path', { floor: 'floor' })), 12)
  assert.is(_.microsOf(one, floor, figure('floor')), 8)
  const quotient: BenchResult = { name: 'many', value: 1, unit: 'times', budget: null }
  assert.is(_.microsOf(one, quotient, figure('many', { floor: 'floor', few: 'x' })), undefined)
  const size: BenchResult = { name: 'held', value: 1, unit: 'bytes', budget: null }
  assert.is(_.microsOf(one, size, figure('held')), undefined)
})

folds('a budget is missed by more than it, and only if there is one', () => {
  assert.equal([{ ...path, value: 1.7 }, { ...path, value: 1.71 }, floor].map(_.isMissed), [
    false,
    true,
    false,
  ])
})

folds('values are rounded to four digits', () => {
  assert.equal(
    [17_422.7, 0.123456, 2].map((value) => _.rounded({ ...path, value }).value),
    [17_420, 0.1235, 2],
  )
})

folds.run()
