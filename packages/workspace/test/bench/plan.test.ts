import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import { plan } from '../../src/bench/comparison/plan.ts'
import { all } from '../../src/bench/figures.ts'

const test = suite('plan')

test('compares all figures but the floors of the shapes, the large ones in fewer processes', () => {
  const planned = plan(all, { figures: [], processes: O.none })
  assert.ok(E.isRight(planned))
  const processes = new Map(planned.right.map((one) => [one.figure, one.processes]))
  const floors = all.filter(({ name }) => name.startsWith('floor-')).length
  assert.is(processes.size, all.length - floors)
  for (const [name, expected] of [
    ['floor', 9],
    ['chain-1k', 9],
    ['chain-200k', 3],
    ['flush-100k', 9],
    ['floor-chain-1k', undefined],
  ] as const)
    assert.is(processes.get(name), expected)
})

test('compares the named figures, as often as is asked for', () => {
  const wanted = { figures: ['pairs-200k', 'floor-pairs-200k'], processes: O.some(2) }
  assert.equal(
    plan(all, wanted),
    E.right([
      { figure: 'floor-pairs-200k', processes: 2 },
      { figure: 'pairs-200k', processes: 2 },
    ]),
  )
})

test('refuses a name that is no figure', () => {
  const planned = plan(all, { figures: ['decode', 'dekode'], processes: O.none })
  assert.equal(planned, E.left('there is no figure dekode'))
})

test.run()
