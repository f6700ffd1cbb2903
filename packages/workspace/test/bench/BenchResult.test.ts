import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/bench/BenchResult.ts'
import type { Figure } from '../../src/bench/Figure.ts'

const figure = (name: string, more: Partial<Figure> = {}): Figure => ({
  name,
  description: '',
  floor: undefined,
  budget: undefined,
  prepare: () => ({ spans: 1, run: () => undefined }),
  ...more,
})

const FIGURES = [
  figure('floor'),
  figure('floor-many'),
  figure('plain', { budget: 10 }),
  figure('path', { floor: 'floor', budget: 1.7 }),
  figure('surcharge', { floor: 'floor', beyond: 'path' }),
  figure('few', { floor: 'floor' }),
  figure('many', { floor: 'floor-many', few: 'few', budget: 1.2 }),
  figure('crowded', { floor: 'plain' }),
  figure('held', { isMemory: true }),
]

const MEASURED = new Map([
  ['floor', [9, 10, 30]],
  ['floor-many', [20]],
  ['plain', [8]],
  ['path', [17]],
  ['surcharge', [23]],
  ['few', [20]],
  ['many', [44]],
  ['crowded', [12]],
  ['held', [287]],
])

const test = suite('BenchResult')

test('a figure is stated in the unit of its budget', () => {
  assert.equal(FIGURES.map(_.of(FIGURES, MEASURED)), [
    { name: 'floor', value: 10, unit: 'us', budget: null },
    { name: 'floor-many', value: 20, unit: 'us', budget: null },
    { name: 'plain', value: 8, unit: 'us', budget: 10 },
    { name: 'path', value: 1.7, unit: 'F', budget: 1.7 },
    { name: 'surcharge', value: 0.6, unit: 'F', budget: null },
    { name: 'few', value: 2, unit: 'F', budget: null },
    { name: 'many', value: 1.1, unit: 'times', budget: 1.2 },
    { name: 'crowded', value: 1.5, unit: 'times', budget: null },
    { name: 'held', value: 287, unit: 'bytes', budget: null },
  ])
})

test('figures are measured together with all that they are compared with', () => {
  assert.equal([..._.needed(FIGURES, ['many'])].sort(), ['few', 'floor', 'floor-many', 'many'])
  assert.equal([..._.needed(FIGURES, ['surcharge'])].sort(), ['floor', 'path', 'surcharge'])
})

test.run()
