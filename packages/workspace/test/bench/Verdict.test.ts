import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Comparison from '../../src/bench/comparison/Comparison.ts'
import * as _ from '../../src/bench/comparison/Verdict.ts'

const verdict = suite('Verdict')

/** One figure with these percentages of the other commit, one for each run. */
const runsOf = (
  ...percents: ReadonlyArray<number>
): ReadonlyArray<ReadonlyArray<Comparison.Comparison>> =>
  percents.map((percent) => [Comparison.of({ figure: 'x', here: [percent], there: [100] })])

const NOT_SLOWER = 'no figure is slower'
const SLOWER = 'slower: x'

const ROWS: ReadonlyArray<readonly [ReadonlyArray<number>, string]> = [
  [[100], NOT_SLOWER],
  [[105], NOT_SLOWER],
  [[106], 'to be decided by a second run: x'],
  [[110], 'to be decided by a second run: x'],
  [[111], SLOWER],
  [[106, 105], NOT_SLOWER],
  [[100, 110], NOT_SLOWER],
  [[106, 106], SLOWER],
  [[50, 111], SLOWER],
  [[111, 50], SLOWER],
  [[106, 106, 100], NOT_SLOWER],
]

for (const [percents, shown] of ROWS) {
  verdict(`${percents.join(' % and ')} %: ${shown}`, () => {
    assert.is(_.show(_.of(runsOf(...percents))), `verdict: ${shown}`)
  })
}

verdict('names the figures that only one side has', () => {
  const one = Comparison.of({ figure: 'new', here: [1], there: [] })
  const runs = [[...(runsOf(120)[0] ?? []), one]]
  assert.equal(_.of(runs), { slower: ['x'], undecided: [], notCompared: ['new'] })
  assert.is(_.show(_.of(runs)), 'verdict: slower: x; not compared: new')
})

verdict.run()
