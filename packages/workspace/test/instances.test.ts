import * as Losses from '@sentry-exporter/core/Losses'
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as RateLimits from '@sentry-exporter/envelope/RateLimits'
import * as Counts from '@sentry-exporter/exporter/Counts'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { Eq } from '#fp-ts/Eq'
import type { Monoid } from '#fp-ts/Monoid'
import type { Ord } from '#fp-ts/Ord'
import { modulesOf } from '../src/lint/exportsOf.ts'
import * as Workspace from '../src/lint/Workspace.ts'
import * as Report from '../src/runner/Report.ts'

/** An instance and arbitrary values of its type. */
interface Row<I> {
  /** `Module.Monoid`, as the scan of the packages names it. */
  readonly name: string
  readonly instance: I | undefined
  readonly values: fc.Arbitrary<unknown>
}

/** The instance of a module, or the functions of a monoid that a module exports on their own. */
const instanceOf = <I>(module: object, key: 'Monoid' | 'Eq' | 'Ord'): I | undefined => {
  const members: Readonly<Record<string, unknown>> = { ...module }
  const isMonoid = key === 'Monoid' && 'concat' in members && 'empty' in members
  // A module exports an instance under the name of its interface.
  return (members[key] ?? (isMonoid ? members : undefined)) as I | undefined
}

const row =
  <I>(key: 'Monoid' | 'Eq' | 'Ord') =>
  (name: string, module: object, values: fc.Arbitrary<unknown>): Row<I> => ({
    name: `${name}.${key}`,
    instance: instanceOf<I>(module, key),
    values,
  })

const monoid = row<Monoid<unknown>>('Monoid')

const eq = row<Eq<unknown>>('Eq')

/** A record with the prototype of all records, as the product makes them. */
const record = <A extends object>(fields: { readonly [key in keyof A]: fc.Arbitrary<A[key]> }) =>
  fc.record(fields, { noNullPrototype: true })

const count = fc.nat(1_000)

const texts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 })

const losses = fc
  .array(fc.tuple(fc.constantFrom(...Losses.reasons), count), { maxLength: 6 })
  .map((pairs) => Losses.ofCounts(Object.fromEntries(pairs)))

const counts = record({
  transactions: count,
  spans: count,
  errors: count,
  logs: count,
  metrics: count,
})

const dsns = fc
  .tuple(fc.constantFrom('http', 'https'), fc.constantFrom('a', 'b'), fc.constantFrom(1, 2))
  .map(([scheme, key, project]) => Dsn.parse(`${scheme}://${key}@host/${project}`))
  .map((parsed) => (E.isRight(parsed) ? parsed.right : undefined))

const MONOIDS: ReadonlyArray<Row<Monoid<unknown>>> = [
  monoid('Losses', Losses, losses),
  monoid('Counts', Counts, counts),
  monoid(
    'Outcome',
    Outcome,
    record({
      spansIn: count,
      logsIn: count,
      metricsIn: count,
      delivered: counts,
      rejected: losses,
      dropped: losses,
      droppedErrors: losses,
      droppedLogs: losses,
      droppedMetrics: losses,
      waiting: count,
      sending: count,
      waitingLogs: count,
      waitingMetrics: count,
      retried: count,
      problems: texts,
    }),
  ),
  monoid(
    'RateLimits',
    RateLimits,
    fc
      .array(fc.tuple(fc.constantFrom('all', 'error', 'transaction'), fc.integer({ min: 1 })))
      .map((pairs) => new Map(pairs)),
  ),
  monoid(
    'ClientReport',
    ClientReport,
    fc
      .tuple(
        fc.constantFrom('network_error' as const, 'send_error' as const),
        fc.array(fc.tuple(fc.constantFrom('error' as const, 'span' as const), count)),
      )
      .map(([reason, quantities]) => ClientReport.of(reason, quantities)),
  ),
  monoid(
    'Report',
    Report,
    record({ passed: count, failed: count, skipped: count, failures: texts }),
  ),
]

const EQS: ReadonlyArray<Row<Eq<unknown>>> = [eq('Dsn', Dsn, dsns)]

// A row of an order: row<Ord<unknown>>('Ord')('Segment', Segment, segments).
const ORDS: ReadonlyArray<Row<Ord<unknown>>> = []

const check = <A>(values: fc.Arbitrary<A>, holds: (a: A, b: A, c: A) => void): void =>
  fc.assert(fc.property(values, values, values, holds), { numRuns: 200 })

/** The rows whose modules have the instance today. */
const present = <I>(
  rows: ReadonlyArray<Row<I>>,
): ReadonlyArray<Omit<Row<I>, 'instance'> & { readonly instance: I }> =>
  rows.flatMap((row) => (row.instance === undefined ? [] : [{ ...row, instance: row.instance }]))

const monoids = suite('monoids')

for (const { name, instance, values } of present(MONOIDS)) {
  const { concat, empty } = instance

  monoids(`${name}: empty is the identity`, () => {
    check(values, (a) => {
      assert.equal(concat(empty, a), a)
      assert.equal(concat(a, empty), a)
    })
  })

  monoids(`${name}: concat is associative`, () => {
    check(values, (a, b, c) => {
      assert.equal(concat(concat(a, b), c), concat(a, concat(b, c)))
    })
  })
}

monoids.run()

/** The laws of an equality. An `Ord` has them too. */
const equalityLaws = ({ equals }: Eq<unknown>, values: fc.Arbitrary<unknown>): void =>
  check(values, (a, b, c) => {
    assert.ok(equals(a, a))
    assert.is(equals(a, b), equals(b, a))
    if (equals(a, b) && equals(b, c)) assert.ok(equals(a, c))
  })

const orders = suite('equalities and orders')

for (const { name, instance, values } of [...present(EQS), ...present(ORDS)]) {
  orders(`${name}: equals is reflexive, symmetric and transitive`, () => {
    equalityLaws(instance, values)
  })
}

for (const { name, instance, values } of present(ORDS)) {
  const { compare, equals } = instance

  orders(`${name}: compare is total, antisymmetric and transitive`, () => {
    check(values, (a, b, c) => {
      assert.is(compare(a, b), -compare(b, a) + 0)
      assert.is(compare(a, b) === 0, equals(a, b))
      if (compare(a, b) <= 0 && compare(b, c) <= 0) assert.ok(compare(a, c) <= 0)
    })
  })
}

orders('all exported instances are in the tables', () => {
  const known = new Set([...MONOIDS, ...EQS, ...ORDS].map(({ name }) => name))
  const exported = Workspace.read().packages.flatMap((one) => {
    const paths = new Map<string, string>(
      modulesOf(one).map(([, path]) => [`packages/${one.folder}/src/${path}.ts`, path] as const),
    )
    return one.sources.flatMap(({ path, text }) => {
      const module = paths.get(path)?.split('/').at(-1)
      return module === undefined
        ? []
        : [...text.matchAll(/^export const (Monoid|Eq|Ord)\b/gm)].map(
            ([, key]) => `${module}.${key}`,
          )
    })
  })
  assert.equal(
    exported.filter((name) => !known.has(name)),
    [],
  )
})

orders.run()
