import { span } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as Conventions from '../../src/mapping/Conventions.ts'
import * as Description from '../../src/mapping/Description.ts'
import * as FirstLetters from '../../src/mapping/FirstLetters.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Operation from '../../src/mapping/Operation.ts'
import * as Rule from '../../src/mapping/Rule.ts'
import * as _ from '../../src/mapping/SpanFunction.ts'
import * as SpanName from '../../src/mapping/SpanName.ts'
import * as Status from '../../src/mapping/Status.ts'
import * as TransactionName from '../../src/mapping/TransactionName.ts'
import type { Attributes, AttributeValue } from '../../src/model/Attributes.ts'
import type { Span } from '../../src/model/Span.ts'

const { op, name, description, status } = Mapping.sentry
const { collector } = Mapping

/** All functions of a span that name their keys, by their names. */
const FUNCTIONS: ReadonlyArray<readonly [string, _.SpanFunction<unknown>]> = [
  ...Object.entries(Conventions).map(([key, f]) => [`Conventions.${key}`, f] as const),
  ...Operation.rules.map((rule, index) => [`Operation.rules[${index}]`, rule] as const),
  ...TransactionName.rules.map((rule, index) => [`TransactionName.rules[${index}]`, rule] as const),
  ...Description.rules.map((rule, index) => [`Description.rules[${index}]`, rule] as const),
  ['SpanName.of', SpanName.of],
  ['Status.with4xxOk', Status.with4xxOk],
  ...Object.entries({ op, name, description, status }).map(
    ([key, f]) => [`Mapping.sentry.${key}`, f] as const,
  ),
  ['Mapping.collector.op', collector.op],
  ['Mapping.collector.name', collector.name],
  ['Mapping.collector.description', collector.description],
  ['Mapping.collector.status', collector.status],
]

const KEYS = _.readsOf(FUNCTIONS.map(([, f]) => f)) ?? []

const VALUES: ReadonlyArray<AttributeValue> = [
  'GET',
  '_OTHER',
  'custom',
  'auto.http',
  'manual',
  '/a?b=1',
  'NOT_FOUND',
  '404',
  '',
  200,
  5,
  7.5,
  true,
  ['query A', 'query B'],
]

const spans: fc.Arbitrary<Span> = fc
  .record({
    attributes: fc.dictionary(
      fc.oneof(fc.constantFrom(...KEYS), fc.constant('other')),
      fc.constantFrom(...VALUES),
      { maxKeys: 6 },
    ),
    kind: fc.constantFrom('SERVER', 'CLIENT', 'INTERNAL', 'PRODUCER', 'CONSUMER', 'UNSPECIFIED'),
    name: fc.constantFrom('work', '', ' ', 'graphql.parse', 'GET /a?b'),
    status: fc.record({
      code: fc.constantFrom('OK', 'ERROR', 'UNSET', 9),
      message: fc.constantFrom('', 'x', 'not_found'),
    }),
  })
  .map((fields) => span(fields as Partial<Span>))

const EVERY_KEY = '(every key)'

/** The keys that a function reads of a span's attributes. */
const recorded = (f: _.SpanFunction<unknown>, one: Span): ReadonlySet<string> => {
  const keys = new Set<string>()
  const record = (key: string | symbol): void => {
    keys.add(String(key))
  }
  const attributes = new Proxy<Attributes>(one.attributes, {
    get: (target, key) => {
      record(key)
      return Reflect.get(target, key) as unknown
    },
    has: (target, key) => {
      record(key)
      return Reflect.has(target, key)
    },
    getOwnPropertyDescriptor: (target, key) => {
      record(key)
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    ownKeys: (target) => {
      record(EVERY_KEY)
      return Reflect.ownKeys(target)
    },
  })
  f({ ...one, attributes })
  return keys
}

const reads = suite('SpanFunction: reads')

for (const [title, f] of FUNCTIONS) {
  reads(`${title} reads only the keys that it names`, () => {
    const named = new Set(f.reads)
    assert.ok(named.size > 0)
    fc.assert(
      fc.property(spans, (one) => {
        for (const key of recorded(f, one)) assert.ok(named.has(key), key)
      }),
    )
  })

  reads(`${title} gives the same with the first letters of the keys`, () => {
    fc.assert(
      fc.property(spans, (one) => {
        assert.equal(f(one, FirstLetters.of(one.attributes)), f(one))
      }),
    )
  })
}

reads('the functions that need keys give no answer without them', () => {
  const needing = FUNCTIONS.filter(([, f]) => f.needs !== undefined)
  assert.ok(needing.length > 30)
  for (const [title, f] of needing) {
    const named = new Set(f.needs)
    assert.equal(
      [...named].filter((key) => !f.reads?.includes(key)),
      [],
      title,
    )
    fc.assert(
      fc.property(spans, (one) => {
        const attributes = Object.fromEntries(
          Object.entries(one.attributes).filter(([key]) => !named.has(key)),
        )
        const answer: unknown = f({ ...one, attributes })
        assert.ok(
          answer === undefined || answer === false || O.isNone(answer as O.Option<unknown>),
          title,
        )
      }),
    )
  }
})

reads('names no key that is never read', () => {
  const sample = [
    ...fc.sample(spans, { numRuns: 5_000, seed: 7 }),
    ...KEYS.flatMap((key) =>
      (['SERVER', 'CLIENT', 'PRODUCER'] as const).flatMap((kind) =>
        ['work', ''].map((label) => span({ attributes: { [key]: 'x' }, kind, name: label })),
      ),
    ),
  ]
  // `named` gets the name from `SpanName`, but never of a request, a query or a GraphQL step, whose keys that names.
  for (const [title, f] of FUNCTIONS.filter(([, f]) => f !== TransactionName.named)) {
    const read = new Set(sample.flatMap((one) => [...recorded(f, one)]))
    assert.equal(
      [...(f.reads ?? [])].filter((key) => !read.has(key)),
      [],
      title,
    )
  }
})

reads('the data of a span, and the tags of the Collector, count as reading every key', () => {
  assert.is(Mapping.sentry.data.reads, undefined)
  assert.is(collector.spanTags?.reads, undefined)
})

reads('a function without names makes its list read every key', () => {
  const anything = Rule.of((one) => one.attributes['job.name'] as string | undefined)
  assert.is(anything.reads, undefined)
  assert.is(Rule.firstOf([anything, ...Operation.rules]).reads, undefined)
  const job = Rule.reading(['job.name'], (one) => one.attributes['job.name'] as string | undefined)
  const { reads: names } = { ...Mapping.sentry, op: Rule.firstOf([job, Operation.rpc]) }.op
  assert.equal(names, ['job.name', 'rpc.service', 'rpc.system.name', 'rpc.system'])
})

reads.run()

const readsOf = suite('SpanFunction.readsOf')

readsOf('is the union, each key once and in order', () => {
  const one = _.reading(['a', 'b'], () => 1)
  const two = _.reading([one, 'c', 'a'], () => 2)
  assert.equal(two.reads, ['a', 'b', 'c'])
  assert.equal(_.readsOf([]), [])
  assert.is(_.readsOf(['a', () => 1]), undefined)
})

readsOf.run()

const needing = suite('SpanFunction.needing')

needing('is the union; a function without needs removes them', () => {
  const one = _.needing(
    ['a'],
    _.reading(['a'], () => undefined),
  )
  const two = _.needing(
    ['b', one],
    _.reading([one, 'b'], () => undefined),
  )
  assert.equal(two.needs, ['b', 'a'])
  assert.is(
    _.needing(
      [one, () => 1],
      _.reading(['c'], () => undefined),
    ).needs,
    undefined,
  )
  const job = _.needing(
    ['job.name'],
    Rule.reading(['job.name'], () => 'job'),
  )
  assert.equal(Rule.firstOf([job]).needs, ['job.name'])
  assert.is(Rule.firstOf([job, Rule.of(() => 'any')]).needs, undefined)
})

needing('a list skips a rule whose keys the span lacks', () => {
  let calls = 0
  const job = _.needing(
    ['job.name'],
    Rule.reading(['job.name'], () => {
      calls++
      return 'job'
    }),
  )
  const of = Rule.firstOf([job])
  const other = span({ attributes: { 'http.route': '/' } })
  assert.is(of(other, FirstLetters.of(other.attributes)), undefined)
  assert.is(calls, 0)
  const mine = span({ attributes: { 'job.name': 'x' } })
  assert.is(of(mine, FirstLetters.of(mine.attributes)), 'job')
  assert.is(calls, 1)
})

needing.run()
