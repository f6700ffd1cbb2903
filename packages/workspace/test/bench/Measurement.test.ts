import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as _ from '../../src/bench/comparison/Measurement.ts'

const parse = suite('Measurement.parse')

parse('reads the number that a bench prints', () => {
  assert.equal(_.parse('7.00717550000013\n'), E.right(O.some(7.00717550000013)))
  assert.equal(_.parse('287\n'), E.right(O.some(287)))
})

parse('gives none for a figure that the bench does not have', () => {
  assert.equal(_.parse(''), E.right(O.none))
  assert.equal(_.parse('\n'), E.right(O.none))
})

for (const text of ['NaN', 'Infinity', 'floor 7.01', '7.01\n8.02', 'x'.repeat(1_000)]) {
  parse(`refuses ${text.slice(0, 20)}`, () => {
    const value = _.parse(text)
    assert.ok(E.isLeft(value) && value.left.startsWith('expected one number'))
    assert.ok(value.left.length < 300)
  })
}

parse.run()
