import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { AttributeValue } from '../../src/model/Attributes.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as _ from '../../src/pipeline/SharedBases.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'

const test = suite('SharedBases')

const resource = (
  attributes: Readonly<Record<string, AttributeValue>>,
  doubles?: ReadonlyArray<string>,
): Resource.Resource => Resource.of({ 'service.name': 'shop', ...attributes }, doubles)

const baseOf = EventBase.of(Mapping.sentry)

const isShared = (first: Resource.Resource, second: Resource.Resource): boolean => {
  const bases = _.make()
  const base = baseOf(first)
  bases.add(base)
  return bases.get(second) === base
}

/** Whether the second resource gets the base of the first. */
const ROWS: ReadonlyArray<
  readonly [name: string, shared: boolean, first: Resource.Resource, second: Resource.Resource]
> = [
  ['no attributes', true, resource({}), resource({})],
  ['texts', true, resource({ a: 'x', n: 1 }), resource({ a: 'x', n: 1 })],
  ['lists', true, resource({ a: ['x', 1, null] }), resource({ a: ['x', 1, null] })],
  ['no number', true, resource({ n: Number.NaN }), resource({ n: Number.NaN })],
  ['another text', false, resource({ a: 'x' }), resource({ a: 'y' })],
  ['another number', false, resource({ n: 1 }), resource({ n: 2 })],
  ['another zero', false, resource({ n: 0 }), resource({ n: -0 })],
  ['null and no number', false, resource({ n: null }), resource({ n: Number.NaN })],
  ['another type', false, resource({ n: 1 }), resource({ n: 1n })],
  ['another order', false, resource({ a: 1, b: 2 }), resource({ b: 2, a: 1 })],
  ['one more', false, resource({ a: 1 }), resource({ a: 1, b: 2 })],
  ['a longer list', false, resource({ a: ['x'] }), resource({ a: ['x', 'y'] })],
  ['a list and a text', false, resource({ a: ['x'] }), resource({ a: 'x' })],
  ['maps', false, resource({ a: { b: 1 } }), resource({ a: { b: 1 } })],
  ['doubles', true, resource({ n: 1 }, ['n']), resource({ n: 1 }, ['n'])],
  ['a double and an integer', false, resource({ n: 1 }, ['n']), resource({ n: 1 })],
]

for (const [name, shared, first, second] of ROWS) {
  test(`${name}: ${shared ? 'shared' : 'not shared'}`, () => {
    assert.is(isShared(first, second), shared)
  })
}

test('large bases are not shared', () => {
  const text = 'x'.repeat(40_000)
  assert.is(isShared(resource({ text }), resource({ text })), false)
})

test('forgets all bases when there are too many', () => {
  const bases = _.make()
  for (let n = 0; n <= _.MAX_BASES; n++) bases.add(baseOf(resource({ n: `${n}` })))
  assert.is(bases.get(resource({ n: '0' })), undefined)
  assert.is.not(bases.get(resource({ n: `${_.MAX_BASES}` })), undefined)
})

test.run()
