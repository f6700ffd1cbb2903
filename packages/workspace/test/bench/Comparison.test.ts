import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as _ from '../../src/bench/comparison/Comparison.ts'

const comparison = suite('Comparison')

const both = _.of({ figure: 'decode', here: [12, 10.7, 11], there: [10, 9, 13] })

comparison('compares the medians', () => {
  assert.equal(both, {
    figure: 'decode',
    here: O.some({ median: 11, min: 10.7, max: 12 }),
    there: O.some({ median: 10, min: 9, max: 13 }),
    ratio: O.some(1.1),
  })
})

comparison('has no ratio for a figure of one side', () => {
  assert.equal(_.of({ figure: 'new', here: [1], there: [] }).ratio, O.none)
  assert.equal(_.of({ figure: 'old', here: [], there: [1] }).ratio, O.none)
})

const markOf = (here: number): unknown =>
  _.toJson(_.of({ figure: 'x', here: [here], there: [100] }))['mark']

comparison('marks what is above 1.05 and above 1.10', () => {
  assert.equal([50, 105, 106, 110, 111].map(markOf), ['', '', '> 5 %', '> 5 %', '> 10 %'])
})

comparison('is shown in the columns of the header', () => {
  const line = _.show(_.of({ figure: 'decode', here: [111, 120, 110], there: [100, 90, 101] }))
  assert.match(line, /^decode +111\.00 +100\.00 +1\.110 +110\.00 +120\.00 +90\.00 +101\.00 > 10 %$/)
  for (const [column, cell] of [
    ['here ', '111.00 '],
    ['there ', '100.00 '],
    ['ratio ', '1.110 '],
  ] as const)
    assert.is(line.indexOf(cell) + cell.length, _.HEADER.indexOf(column) + column.length)
  assert.match(
    _.show(_.of({ figure: 'new', here: [1], there: [] })),
    /- +1\.00 +1\.00 +- not compared$/,
  )
})

comparison('is JSON with null where there is no value', () => {
  assert.equal(_.toJson(_.of({ figure: 'new', here: [1], there: [] })), {
    figure: 'new',
    here: { median: 1, min: 1, max: 1 },
    there: null,
    ratio: null,
    mark: 'not compared',
  })
})

comparison.run()
