import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Category } from '../src/Category.ts'
import * as _ from '../src/RateLimits.ts'

const NOW = 1_700_000_000_000

/** Seconds from now, by category. */
const seconds = (limits: _.RateLimits): Readonly<Record<string, number>> =>
  Object.fromEntries([...limits].map(([key, until]) => [key, (until - NOW) / 1000]))

const parse = suite('RateLimits.parse')

const ROWS: ReadonlyArray<readonly [string, Readonly<Record<string, number>>]> = [
  ['60:error:key', { error: 60 }],
  ['60:error;transaction:key:quota', { error: 60, transaction: 60 }],
  ['60::organization', { all: 60 }],
  ['60', { all: 60 }],
  ['2.5:span:key', { span: 2.5 }],
  [' 60 : error ; span : key ', { error: 60, span: 60 }],
  ['10:error:key,20:error:key', { error: 20 }],
  ['20:error:key, 10:error:key', { error: 20 }],
  ['soon:error:key', { error: 60 }],
  [':error:key', { error: 60 }],
  ['-5:error:key', { error: 0 }],
  ['1e99:error:key', { error: 86_400 }],
  ['Infinity:error:key', { error: 60 }],
  ['60:new_thing:key', {}],
  ['60:new_thing;error:key', { error: 60 }],
  ['60:transaction_indexed;span_indexed:key', {}],
  ['60:all:key', {}],
  ['60:internal:key', {}],
  ['60:metric_bucket:organization:quota:custom', { metric_bucket: 60 }],
  ['60:metric_bucket:organization:quota:sessions;spans', {}],
  ['60:metric_bucket:organization:quota', { metric_bucket: 60 }],
  ['60:error:organization:quota:sessions', { error: 60 }],
  ['60:error:key:reason:a:b:c', { error: 60 }],
  ['<html>', {}],
  ['', {}],
  [',,', {}],
]

for (const [header, expected] of ROWS) {
  parse(`reads ${JSON.stringify(header)}`, () => {
    assert.equal(seconds(_.parse(header, NOW)), expected)
  })
}

parse('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const until of _.parse(text, NOW).values()) {
        assert.ok(until >= NOW && until <= NOW + 86_400_000)
      }
    }),
  )
})

parse.run()

const read = suite('RateLimits.read')

const ANSWERS: ReadonlyArray<
  readonly [number, string | undefined, string | undefined, Readonly<Record<string, number>>]
> = [
  [200, undefined, undefined, {}],
  [200, '60:error:key', undefined, { error: 60 }],
  [200, undefined, '60', {}],
  [429, undefined, undefined, { all: 60 }],
  [429, undefined, '7', { all: 7 }],
  [429, undefined, '1.5', { all: 1.5 }],
  [429, undefined, 'soon', { all: 60 }],
  [429, '', '7', { all: 7 }],
  [429, '10:error:key', '7', { error: 10 }],
  [429, '10:new_thing:key', '7', {}],
  [429, undefined, new Date(NOW + 5_000).toUTCString(), { all: 5 }],
  [429, undefined, new Date(NOW - 5_000).toUTCString(), { all: 0 }],
  [503, undefined, '7', {}],
]

for (const [status, rateLimits, retryAfter, expected] of ANSWERS) {
  read(`reads ${status}, ${rateLimits}, ${retryAfter}`, () => {
    assert.equal(seconds(_.read({ status, rateLimits, retryAfter }, NOW)), expected)
  })
}

read.run()

const heldUntil = suite('RateLimits.heldUntil')

const ALL: ReadonlyArray<Category> = [
  'error',
  'transaction',
  'span',
  'log_item',
  'log_byte',
  'trace_metric',
  'trace_metric_byte',
  'internal',
]

const HELD: ReadonlyArray<readonly [string, ReadonlyArray<Category>]> = [
  ['60:error:key', ['error']],
  ['60:transaction:key', ['transaction']],
  ['60:span:key', ['transaction', 'span']],
  ['60:log_item:key', ['log_item', 'log_byte']],
  ['60:log_byte:key', ['log_item', 'log_byte']],
  ['60:trace_metric:key', ['trace_metric', 'trace_metric_byte']],
  ['60:trace_metric_byte:key', ['trace_metric', 'trace_metric_byte']],
  ['60::key', ALL],
  ['60:internal:key', []],
]

for (const [header, held] of HELD) {
  heldUntil(`${header} holds back ${held.join(', ')}`, () => {
    const limits = _.parse(header, NOW)
    for (const category of ALL) {
      const expected = held.includes(category) ? NOW + 60_000 : undefined
      assert.is(_.heldUntil(category, NOW)(limits), expected)
      assert.is(_.heldUntil(category, NOW + 60_000)(limits), undefined)
    }
  })
}

heldUntil('an expired limit of a category does not hide one on all', () => {
  const limits = _.parse('1:error:key, 60::key', NOW)
  assert.is(_.heldUntil('error', NOW + 2_000)(limits), NOW + 60_000)
})

heldUntil.run()

const concat = suite('RateLimits.Monoid')

const limits: fc.Arbitrary<_.RateLimits> = fc
  .dictionary(fc.constantFrom('error', 'span', 'all'), fc.nat(9))
  .map((record) => new Map(Object.entries(record)))

concat('is a commutative monoid: the latest expiry wins', () => {
  fc.assert(
    fc.property(limits, limits, limits, (a, b, c) => {
      const record = (map: _.RateLimits): object => Object.fromEntries([...map].sort())
      assert.equal(
        record(_.Monoid.concat(_.Monoid.concat(a, b), c)),
        record(_.Monoid.concat(a, _.Monoid.concat(b, c))),
      )
      assert.equal(record(_.Monoid.concat(a, b)), record(_.Monoid.concat(b, a)))
      assert.equal(record(_.Monoid.concat(a, _.empty)), record(a))
      assert.equal(record(_.Monoid.concat(a, a)), record(a))
    }),
  )
})

concat.run()
