import { createHash } from 'node:crypto'
import type { Attributes, AttributeValue } from '@sentry-exporter/core/Attributes'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/processor/AttributeAction.ts'

const run = (
  actions: ReadonlyArray<_.AttributeAction>,
  attributes: Attributes,
  doubles?: ReadonlyArray<string>,
): _.TypedAttributes => _.applyAll(actions)({ attributes, doubles })

const value = (of: AttributeValue): _.ActionSource => ({ _tag: 'Value', value: of })

const from = (key: string): _.ActionSource => ({ _tag: 'Attribute', key })

const change = (
  _tag: 'Insert' | 'Update' | 'Upsert',
  key: string,
  source: _.ActionSource,
): _.AttributeAction => ({ _tag, key, source })

const remove = (key: string | undefined, pattern?: RegExp): _.AttributeAction => ({
  _tag: 'Delete',
  key,
  pattern,
})

const sha = (key: string | undefined, pattern?: RegExp): _.AttributeAction => ({
  _tag: 'Hash',
  key,
  pattern,
})

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Title, action, attributes before, attributes after. The semantics are those of the Collector's documentation. */
const CASES: ReadonlyArray<readonly [string, _.AttributeAction, Attributes, Attributes]> = [
  ['insert a value', change('Insert', 'a', value('x')), {}, { a: 'x' }],
  ['insert beside others', change('Insert', 'a', value(1)), { b: 2 }, { b: 2, a: 1 }],
  ['insert keeps a value that is there', change('Insert', 'a', value('x')), { a: 'y' }, { a: 'y' }],
  ['insert keeps null', change('Insert', 'a', value('x')), { a: null }, { a: null }],
  ['insert a list', change('Insert', 'a', value(['x', 1])), {}, { a: ['x', 1] }],
  ['insert from an attribute', change('Insert', 'a', from('b')), { b: 7 }, { b: 7, a: 7 }],
  ['insert from no attribute', change('Insert', 'a', from('b')), {}, {}],
  ['update', change('Update', 'a', value('x')), { a: 'y' }, { a: 'x' }],
  ['update changes the type', change('Update', 'a', value(true)), { a: 'y' }, { a: true }],
  ['update inserts nothing', change('Update', 'a', value('x')), { b: 1 }, { b: 1 }],
  ['update from an attribute', change('Update', 'a', from('b')), { a: 1, b: 2 }, { a: 2, b: 2 }],
  ['update from no attribute', change('Update', 'a', from('b')), { a: 1 }, { a: 1 }],
  ['upsert inserts', change('Upsert', 'a', value('x')), {}, { a: 'x' }],
  ['upsert updates', change('Upsert', 'a', value('x')), { a: 'y' }, { a: 'x' }],
  ['upsert from an attribute', change('Upsert', 'a', from('b')), { b: 2 }, { b: 2, a: 2 }],
  ['upsert from no attribute', change('Upsert', 'a', from('b')), { a: 1 }, { a: 1 }],
  ['delete', remove('a'), { a: 1, b: 2 }, { b: 2 }],
  ['delete of no attribute', remove('a'), { b: 2 }, { b: 2 }],
  ['delete by a pattern', remove(undefined, /^a\./), { 'a.x': 1, 'b.a.x': 2 }, { 'b.a.x': 2 }],
  ['delete by a key and a pattern', remove('b', /^a/), { a: 1, ab: 2, b: 3, c: 4 }, { c: 4 }],
  ['hash of a text', sha('a'), { a: 'mira@example.com' }, { a: sha256('mira@example.com') }],
  ['hash of an empty text', sha('a'), { a: '' }, { a: '' }],
  ['hash of true', sha('a'), { a: true }, { a: sha256(Uint8Array.of(1)) }],
  ['hash of false', sha('a'), { a: false }, { a: sha256(Uint8Array.of(0)) }],
  [
    'hash of an integer, little endian',
    sha('a'),
    { a: 258 },
    { a: sha256(Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0)) },
  ],
  ['hash of a negative integer', sha('a'), { a: -1 }, { a: sha256(new Uint8Array(8).fill(0xff)) }],
  [
    'hash of a 64-bit integer',
    sha('a'),
    { a: 2n ** 62n },
    { a: sha256(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x40)) },
  ],
  [
    'hash of a double',
    sha('a'),
    { a: 0.5 },
    { a: sha256(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xe0, 0x3f)) },
  ],
  ['hash of a list', sha('a'), { a: ['x'] }, { a: '' }],
  ['hash of no attribute', sha('a'), { b: 1 }, { b: 1 }],
  [
    'hash by a pattern',
    sha(undefined, /email/),
    { email: 'x', b: 1 },
    { email: sha256('x'), b: 1 },
  ],
  [
    'extract',
    { _tag: 'Extract', key: 'url', pattern: /^(?<scheme>\w+):\/\/(?<host>[^/]+)(?<path>\/\w+)?/ },
    { url: 'https://shop', scheme: 'old' },
    { url: 'https://shop', scheme: 'https', host: 'shop', path: '' },
  ],
  [
    'extract of no match',
    { _tag: 'Extract', key: 'a', pattern: /(?<b>x)/ },
    { a: 'y' },
    { a: 'y' },
  ],
  ['extract of a number', { _tag: 'Extract', key: 'a', pattern: /(?<b>1)/ }, { a: 1 }, { a: 1 }],
  ['convert to int', { _tag: 'Convert', key: 'a', to: 'int' }, { a: '-12' }, { a: -12 }],
  ['convert a double to int', { _tag: 'Convert', key: 'a', to: 'int' }, { a: 1.9 }, { a: 1 }],
  [
    'convert no number to int',
    { _tag: 'Convert', key: 'a', to: 'int' },
    { a: '12x' },
    { a: '12x' },
  ],
  [
    'convert a large text to int',
    { _tag: 'Convert', key: 'a', to: 'int' },
    { a: '9007199254740993' },
    { a: 9007199254740993n },
  ],
  ['convert to double', { _tag: 'Convert', key: 'a', to: 'double' }, { a: '1e3' }, { a: 1000 }],
  ['convert a boolean', { _tag: 'Convert', key: 'a', to: 'double' }, { a: true }, { a: 1 }],
  ['convert to string', { _tag: 'Convert', key: 'a', to: 'string' }, { a: 1.5 }, { a: '1.5' }],
  [
    'convert a list to string',
    { _tag: 'Convert', key: 'a', to: 'string' },
    { a: ['x', 1] },
    { a: '["x",1]' },
  ],
  ['a key of a prototype', change('Insert', 'constructor', value(1)), {}, { constructor: 1 }],
]

const actions = suite('AttributeAction.applyAll')

for (const [title, action, before, after] of CASES) {
  actions(title, () => {
    const given = Object.freeze({ ...before })
    assert.equal({ ...run([action], given).attributes }, { ...after })
    assert.equal({ ...given }, { ...before })
  })
}

actions('sets __proto__ as a key like any other', () => {
  const { attributes } = run([change('Insert', '__proto__', value('x'))], {})
  assert.equal(Object.keys(attributes), ['__proto__'])
  assert.is(Object.getPrototypeOf(attributes), Object.prototype)
})

actions('run in their order, each on the result of those before', () => {
  const { attributes } = run(
    [
      change('Insert', 'copy', from('a')),
      remove('a'),
      change('Update', 'a', value('not there')),
      change('Upsert', 'b', from('copy')),
    ],
    { a: 1 },
  )
  assert.equal({ ...attributes }, { copy: 1, b: 1 })
})

actions('return the attributes themselves if nothing changes', () => {
  const given = { attributes: { a: 1 }, doubles: ['a'] }
  assert.is(_.applyAll([remove('b'), change('Insert', 'a', value(2))])(given), given)
})

actions('know which whole numbers are doubles', () => {
  const double = sha256(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x40))
  assert.equal(run([sha('a')], { a: 2 }, ['a']), { attributes: { a: double }, doubles: undefined })
  assert.equal(run([change('Insert', 'b', from('a'))], { a: 2 }, ['a']).doubles, ['a', 'b'])
  assert.equal(run([change('Update', 'a', value(3))], { a: 2 }, ['a']).doubles, undefined)
  assert.equal(run([remove('a')], { a: 2, b: 1 }, ['a', 'b']).doubles, ['b'])
  assert.equal(run([{ _tag: 'Convert', key: 'a', to: 'double' }], { a: '2' }).doubles, ['a'])
})

actions('make upsert the same as insert and then update', () => {
  const key = fc.constantFrom('a', 'b', 'c')
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean())
  const source = fc.oneof(scalar.map(value), key.map(from))
  fc.assert(
    fc.property(fc.dictionary(key, scalar), key, source, (attributes, name, of) => {
      assert.equal(
        { ...run([change('Upsert', name, of)], attributes).attributes },
        {
          ...run([change('Insert', name, of), change('Update', name, of)], attributes).attributes,
        },
      )
    }),
  )
})

actions.run()
