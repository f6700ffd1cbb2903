import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/metric/MetricUnit.ts'

const of = suite('MetricUnit.of')

const EXACT: ReadonlyArray<readonly [ucum: string, unit: string | undefined]> = [
  ['', undefined],
  ['1', undefined],
  ['ns', 'nanosecond'],
  ['us', 'microsecond'],
  ['ms', 'millisecond'],
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['bit', 'bit'],
  ['By', 'byte'],
  ['kBy', 'kilobyte'],
  ['KBy', 'kilobyte'],
  ['MBy', 'megabyte'],
  ['GBy', 'gigabyte'],
  ['TBy', 'terabyte'],
  ['KiBy', 'kibibyte'],
  ['MiBy', 'mebibyte'],
  ['GiBy', 'gibibyte'],
  ['TiBy', 'tebibyte'],
  ['EiBy', 'exbibyte'],
  ['%', 'percent'],
  ['seconds', 'second'],
  ['bytes', 'byte'],
  ['milliseconds', 'millisecond'],
  [' s ', 'second'],
]

for (const [ucum, unit] of EXACT) {
  of(`of ${JSON.stringify(ucum)}`, () => {
    assert.equal(_.of(ucum, 'a'), { unit, isExact: true })
  })
}

const REDUCED: ReadonlyArray<readonly [ucum: string, unit: string | undefined]> = [
  ['{request}', undefined],
  ['By/s', undefined],
  ['Cel', undefined],
  ['By{compressed}', 'byte'],
  ['constructor', undefined],
]

for (const [ucum, unit] of REDUCED) {
  of(`of ${ucum} says less than it`, () => {
    assert.equal(_.of(ucum, 'a'), { unit, isExact: false })
  })
}

of('is a ratio for a utilization', () => {
  assert.is(_.of('1', 'system.cpu.utilization').unit, 'ratio')
  assert.is(_.of('1', 'system.cpu.utilization.limit').unit, undefined)
})

of('ends for a text of braces', () => {
  assert.is(_.of('{'.repeat(100_000), 'a').unit, undefined)
})

of.run()
