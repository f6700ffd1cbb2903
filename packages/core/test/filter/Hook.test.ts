import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as _ from '../../src/filter/Hook.ts'

const dropIf = suite('Hook.dropIf')

dropIf('drops the values for which the predicate holds', () => {
  const hook = _.dropIf((n: number) => n > 1)
  assert.equal(hook(1), O.some(1))
  assert.equal(hook(2), O.none)
})

dropIf.run()

const run = suite('Hook.run')

run('drops the value if the hook throws', () => {
  assert.equal(
    _.run(() => O.some(1)),
    O.some(1),
  )
  assert.equal(
    _.run(() => {
      throw new Error('a fault of the hook')
    }),
    O.none,
  )
})

run.run()

const monoid = suite('Hook.getMonoid')

monoid('is associative and has no hook as its identity', () => {
  const { concat, empty } = _.getMonoid<string>()
  const add =
    (letter: string): _.Hook<string> =>
    (text) =>
      O.some(text + letter)
  const none: _.Hook<string> = () => O.none
  const hooks = [undefined, add('a'), add('b'), none]
  const at = (hook: _.Hook<string> | undefined): O.Option<string> =>
    hook === undefined ? O.some('x') : hook('x')
  for (const a of hooks) {
    assert.is(concat(a, empty), a)
    assert.is(concat(empty, a), a)
    for (const b of hooks) {
      for (const c of hooks) assert.equal(at(concat(concat(a, b), c)), at(concat(a, concat(b, c))))
    }
  }
})

monoid.run()
