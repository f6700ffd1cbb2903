import { ItemText } from '@sentry-exporter/core/pipeline'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Container from '@sentry-exporter/envelope/Container'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Routing from '../src/Routing.ts'
import * as _ from '../src/WaitingItems.ts'

const MAX_CHARACTERS = 800_000

const { routes } = Routing.decode(
  [
    { match: { tenant: 'a' }, dsn: 'https://a@host/1' },
    { match: { tenant: 'b' }, dsn: 'https://b@host/2' },
    { match: { tenant: 'drop' }, drop: true },
  ],
  'routes',
)

const destinationOf = Routing.destinationOf({ routes, unmatched: 'default' })

const add = _.add('log', destinationOf)

const resources = ['a', 'b', 'drop', 'other'].map((tenant) => Resource.of({ tenant }))

const SHARED = { text: '-' }

/** A log that ends with its number, of so many characters. */
const log = (
  n: number,
  characters = 8,
  from: Resource.Resource = Resource.unknown,
): ItemText.PrintedItem => ({
  before: '',
  shared: SHARED,
  after: String(n).padStart(characters - SHARED.text.length, '.'),
  bytes: n,
  from,
})

const isWithin = ({ items, kind }: _.ItemGroup): boolean =>
  items.length >= 1 &&
  items.length <= Container.MAX_VALUES[kind] &&
  (items.length === 1 || items.map(ItemText.textOf).join('').length <= MAX_CHARACTERS)

const adding = suite('WaitingItems.add')

adding('keeps logs until there are a hundred', () => {
  const first = add(
    _.empty,
    Array.from({ length: 99 }, (_unused, n) => log(n)),
  )
  assert.equal([first.full, first.state.count, first.losses], [[], 99, {}])
  const second = add(first.state, [log(99), log(100)])
  assert.equal(
    second.full.map(({ items, to }) => [items.length, to._tag]),
    [[100, 'Default']],
  )
  assert.is(second.state.count, 1)
  assert.equal(_.groups(second.state)[0]?.items.map(ItemText.textOf), ['-....100'])
})

adding('leaves nothing behind of a group that is full', () => {
  const { full, state } = add(
    _.empty,
    Array.from({ length: 100 }, (_unused, n) => log(n)),
  )
  assert.equal([full.length, state.count, _.groups(state)], [1, 0, []])
})

adding('has the characters of a group as its limit, too', () => {
  const half = MAX_CHARACTERS / 2
  const both = add(_.empty, [log(1, half), log(2, half)])
  assert.equal([both.full.length, both.state.count], [0, 2])
  const one = add(both.state, [log(3, 1)])
  assert.equal([one.full[0]?.items.length, one.state.count], [2, 1])
})

adding('puts a log that is larger than the limit into a group of its own', () => {
  const { full, state } = add(_.empty, [log(1), log(2, 2 * MAX_CHARACTERS), log(3)])
  assert.equal(
    full.map(({ items }) => items.length),
    [1, 1],
  )
  assert.is(state.count, 1)
})

adding('adds up the bytes of a group', () => {
  const { state } = add(add(_.empty, [log(3)]).state, [log(4)])
  assert.is(_.groups(state)[0]?.bytes, 7)
})

adding('counts logs that no route takes', () => {
  const [a, , drop] = resources
  const { state, losses, full } = add(_.empty, [log(1, 8, drop), log(2, 8, a), log(3, 8, drop)])
  assert.equal([state.count, losses, full], [1, { unrouted_log: 2 }, []])
})

adding('keeps metrics until there are a thousand, and counts those without a route', () => {
  const addMetrics = _.add('trace_metric', destinationOf)
  const [, , drop] = resources
  const metrics = Array.from({ length: 999 }, (_unused, n) => log(n))
  const first = addMetrics(_.empty, [...metrics, log(0, 8, drop)])
  assert.equal([first.full, first.state.count, first.losses], [[], 999, { unrouted_metric: 1 }])
  const { full, state } = addMetrics(first.state, [log(999), log(1_000)])
  assert.equal(
    full.map(({ items, kind }) => [items.length, kind]),
    [[1_000, 'trace_metric']],
  )
  assert.is(state.count, 1)
})

adding('changes no earlier state', () => {
  const before = add(_.empty, [log(1)]).state
  add(before, [log(2)])
  assert.equal([before.count, _.groups(before)[0]?.items.length], [1, 1])
  assert.equal([_.empty.count, _.groups(_.empty)], [0, []])
})

adding('law: each log leaves once, those of a destination in order, within the limits', () => {
  const kinds = fc.constantFrom('log' as const, 'trace_metric' as const)
  const one = fc.record({
    characters: fc.oneof(
      fc.constant(8),
      fc.integer({ min: 8, max: 500_000 }),
      fc.constant(900_000),
    ),
    times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 150 }), fc.constant(1_100)),
    from: fc.constantFrom(...resources),
  })
  fc.assert(
    fc.property(
      kinds,
      fc.array(fc.array(one, { maxLength: 3 }), { maxLength: 4 }),
      (kind, steps) => {
        const addItems = _.add(kind, destinationOf)
        let n = 0
        let state = _.empty
        let unrouted = 0
        const given = new Map<string, Array<number>>()
        const left: Array<_.ItemGroup> = []
        for (const step of steps) {
          const items = step.flatMap(({ characters, times, from }) =>
            Array.from({ length: times > 20 ? times : 1 }, () => {
              const key = String(from.attributes['tenant'])
              given.set(key, [...(given.get(key) ?? []), ++n])
              return log(n, times > 20 ? 8 : characters, from)
            }),
          )
          const next = addItems(state, items)
          state = next.state
          left.push(...next.full)
          unrouted += (next.losses.unrouted_log ?? 0) + (next.losses.unrouted_metric ?? 0)
          const waiting = _.groups(state).reduce((sum, { items }) => sum + items.length, 0)
          assert.is(state.count, waiting)
        }
        left.push(..._.groups(state))
        assert.ok(left.every((group) => group.kind === kind && isWithin(group)))
        assert.is(unrouted, given.get('drop')?.length ?? 0)
        for (const [index, name] of ['a', 'b', 'other'].entries()) {
          const to = destinationOf(
            resources.filter((_one, nth) => nth !== 2)[index] ?? Resource.unknown,
          )
          const numbers = left
            .filter((group) => JSON.stringify(group.to) === JSON.stringify(to))
            .flatMap(({ items }) => items.map(({ after }) => Number(after.replace(/^\.+/, ''))))
          assert.equal(numbers, given.get(name) ?? [])
        }
      },
    ),
    { numRuns: 60 },
  )
})

adding.run()
