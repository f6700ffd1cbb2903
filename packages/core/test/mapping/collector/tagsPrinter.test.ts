import { resource, span } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tagsOf } from '../../../src/mapping/collector/tagsOf.ts'
import { tagsPrinter } from '../../../src/mapping/collector/tagsPrinter.ts'
import * as Tags from '../../../src/mapping/Tags.ts'
import type { Attributes, AttributeValue } from '../../../src/model/Attributes.ts'
import * as Resource from '../../../src/model/Resource.ts'
import type { Span } from '../../../src/model/Span.ts'

const printed = suite('tagsPrinter')

const exact = (one: Span): string => JSON.stringify(Tags.fit(tagsOf(one)))

/** Few keys, so that those of a span and of its resource collide, before and after repair. */
const KEYS = [
  'a_b',
  'a b',
  'a/b',
  'plain',
  '',
  '7',
  '007',
  '__proto__',
  'constructor',
  'release',
  'environment',
  'sentry:x',
  'sentry.op',
  'span_kind',
  'status_message',
  'library_name',
  'é',
  'k'.repeat(200),
  'k'.repeat(201),
]

const VALUES: ReadonlyArray<AttributeValue> = [
  'text',
  '',
  ' ',
  ' x',
  '\u00a0',
  '"\\',
  'two\nlines',
  '\u0001',
  '\ud800',
  '\u{1f600}',
  `${'x'.repeat(199)}\u{1f600}`,
  'x'.repeat(201),
  `\n${'x'.repeat(200)}`,
  5,
  1_000_000,
  -0,
  1e21,
  Number.NaN,
  9_007_199_254_740_993n,
  true,
  null,
  ['a'],
  { a: 1 },
  new Uint8Array([1]),
]

const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), { maxLength: 8 })
  .map((entries) => Object.fromEntries(entries))

const text = fc.constantFrom('', ' ', 'text', '"', 'a\r\nb', 'x'.repeat(300))

const spans: fc.Arbitrary<Span> = fc
  .record({
    attributes,
    ofResource: attributes,
    doubles: fc.subarray([...KEYS]),
    kind: fc.constantFrom<Span['kind']>('UNSPECIFIED', 'SERVER', 'INTERNAL'),
    code: fc.constantFrom<Span['status']['code']>('OK', 'ERROR', 1337),
    message: text,
    scopeName: text,
    version: text,
  })
  .map(({ ofResource, code, message, scopeName, version, ...fields }) =>
    span({
      ...fields,
      status: { code, message },
      scope: { name: scopeName, version, attributes: {} },
      resource: Resource.of(ofResource, fields.doubles),
    }),
  )

printed('prints the repaired tags, whatever was printed before', () => {
  const print = tagsPrinter()
  fc.assert(
    fc.property(spans, (one) => {
      assert.is(print(one), exact(one))
      assert.is(print(one), exact(one))
    }),
    { numRuns: 2_000 },
  )
})

printed('prints spans of one resource, also those whose keys need repair', () => {
  const print = tagsPrinter()
  const shop = resource('shop')
  for (const own of [{ a: 'b' }, { 'a b': 'c' }, { 'service.name': 'other' }, {}]) {
    const one = span({ attributes: own, resource: shop })
    assert.is(print(one), exact(one))
  }
})

printed('prints more keys than it remembers', () => {
  const print = tagsPrinter()
  for (let n = 0; n < 6_000; n++) print(span({ attributes: { [`key.${n}`]: 'x' } }))
  const again = span({ attributes: { 'key.0': 'x', 'key.5999': 'y' } })
  assert.is(print(again), exact(again))
})

printed.run()
