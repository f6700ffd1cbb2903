import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/config/ConfigNode.ts'
import { startOf } from '../../src/config/Place.ts'

const AT = startOf('f')

const { node } = fc.letrec<{ node: _.ConfigNode; map: _.ConfigNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, 1, 'x').map((value) => _.scalar(AT, value)),
    fc.constant<_.ConfigNode>({ _tag: 'List', place: AT, items: [] }),
    tie('map'),
  ),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node')).map((record) =>
    _.mapOf(
      AT,
      Object.entries(record).map(([key, value]) => [key, { place: AT, node: value }]),
    ),
  ),
}))

const merge = suite('ConfigNode.merge')

merge('changes nothing with the same node, or with an empty map', () => {
  fc.assert(
    fc.property(node, (one) => {
      assert.equal(_.merge(one, one), one)
      if (one._tag === 'Map') assert.equal(_.merge(one, _.mapOf(AT, [])), one)
    }),
  )
})

merge('keeps the keys of both maps, and the second value of others', () => {
  const map = (entries: Readonly<Record<string, _.ConfigNode>>): _.ConfigNode =>
    _.mapOf(
      AT,
      Object.entries(entries).map(([key, value]) => [key, { place: AT, node: value }]),
    )
  const one = map({ a: map({ x: _.scalar(AT, 1), y: _.scalar(AT, 2) }), b: _.scalar(AT, 3) })
  const two = map({ a: map({ y: _.scalar(AT, 4) }), c: _.scalar(AT, null) })
  assert.equal(_.toPlain(_.merge(one, two), false), { a: { x: 1, y: 4 }, b: 3, c: null })
  assert.equal(_.toPlain(_.merge(one, map({ a: _.scalar(AT, null) })), false), { a: null, b: 3 })
})

merge.run()
