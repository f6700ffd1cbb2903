import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as _ from '../../src/bench/BenchArgs.ts'

const parse = suite('BenchArgs.parse')

parse('reads one measurement, and ratios of figures', () => {
  assert.equal(_.parse(['--measure', 'floor']), E.right({ _tag: 'Measure', figure: 'floor' }))
  assert.equal(
    _.parse([]),
    E.right({ _tag: 'Ratios', figures: [], processes: O.none, json: false }),
  )
  assert.equal(
    _.parse(['a', 'b']),
    E.right({ _tag: 'Ratios', figures: ['a', 'b'], processes: O.none, json: false }),
  )
})

parse('reads a comparison', () => {
  const defaults = {
    _tag: 'Against',
    ref: 'main',
    figures: [],
    processes: O.none,
    runs: 1,
    json: false,
  }
  assert.equal(_.parse(['--against', 'main']), E.right(defaults))
  const words = '--against main~3 floor --processes 2 --runs 3 --json decode'.split(' ')
  assert.equal(
    _.parse(words),
    E.right({
      _tag: 'Against',
      ref: 'main~3',
      figures: ['floor', 'decode'],
      processes: O.some(2),
      runs: 3,
      json: true,
    }),
  )
})

for (const words of [
  '--against',
  '--against main --processes 0',
  '--against main --processes nine',
  '--against main --runs 1.5',
  '--runs 2',
  '--unknown',
]) {
  parse(`refuses ${words}`, () => {
    assert.ok(E.isLeft(_.parse(words.split(' '))))
  })
}

parse.run()
