import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/item/TypedAttribute.ts'
import type { AttributeValue } from '../../src/model/Attributes.ts'
import { arbitraryValue, hasStatedType } from '../log/records.ts'

const of = suite('TypedAttribute.of')

const LARGEST = 2n ** 63n - 1n

const SMALLEST = -(2n ** 63n)

/** The value, whether it was sent as a double, its type, and its text in JSON. */
const ROWS: ReadonlyArray<readonly [AttributeValue, boolean, _.TypedAttribute['type'], string]> = [
  ['', false, 'string', '""'],
  ['é "1"', false, 'string', '"é \\"1\\""'],
  ['10', false, 'string', '"10"'],
  ['a\ud800b', false, 'string', '"a\\ud800b"'],
  [true, false, 'boolean', 'true'],
  [false, true, 'boolean', 'false'],
  [42, false, 'integer', '42'],
  [-7, false, 'integer', '-7'],
  [0, false, 'integer', '0'],
  [-0, false, 'integer', '0'],
  [Number.MAX_SAFE_INTEGER, false, 'integer', '9007199254740991'],
  [42, true, 'double', '42.0'],
  [0, true, 'double', '0.0'],
  [-0, true, 'double', '-0.0'],
  [1.5, false, 'double', '1.5'],
  [-2.5e-9, false, 'double', '-2.5e-9'],
  [2 ** 53, false, 'double', '9007199254740992.0'],
  [1e20, false, 'double', '100000000000000000000.0'],
  [1e21, true, 'double', '1e+21'],
  [Number.MAX_VALUE, false, 'double', '1.7976931348623157e+308'],
  [Number.NaN, false, 'string', '"NaN"'],
  [Number.POSITIVE_INFINITY, true, 'string', '"Infinity"'],
  [Number.NEGATIVE_INFINITY, false, 'string', '"-Infinity"'],
  [2n ** 53n + 1n, false, 'integer', '9007199254740993'],
  [LARGEST, false, 'integer', '9223372036854775807'],
  [LARGEST + 1n, false, 'string', '"9223372036854775808"'],
  [SMALLEST, false, 'integer', '-9223372036854775808'],
  [SMALLEST - 1n, false, 'string', '"-9223372036854775809"'],
  [null, false, 'string', '"null"'],
  [Uint8Array.of(1, 2, 255), false, 'string', '"AQL/"'],
  [new Uint8Array(), false, 'string', '""'],
  [[], false, 'array', '[]'],
  [['a', 'b'], false, 'array', '["a","b"]'],
  [[1, 2.5, -3], false, 'array', '[1,2.5,-3]'],
  [[true, null, false], false, 'array', '[true,null,false]'],
  [[null], false, 'array', '[null]'],
  [[Uint8Array.of(1)], false, 'array', '["AQ=="]'],
  [[2n ** 53n + 1n], false, 'array', '["9007199254740993"]'],
  [[1, 'a'], false, 'string', '"[1,\\"a\\"]"'],
  [[1, true], false, 'string', '"[1,true]"'],
  [[1, Number.NaN], false, 'string', '"[1,\\"NaN\\"]"'],
  [[1, 2n ** 53n + 1n], false, 'string', '"[1,\\"9007199254740993\\"]"'],
  [[[1], [2]], false, 'string', '"[[1],[2]]"'],
  [[{ a: 1 }], false, 'string', '"[{\\"a\\":1}]"'],
  [{}, false, 'string', '"{}"'],
  [{ a: { b: [1, null] } }, false, 'string', '"{\\"a\\":{\\"b\\":[1,null]}}"'],
]

for (const [value, isDouble, type, printed] of ROWS) {
  of(`${isDouble ? 'the double ' : ''}${String(value)}: ${type} ${printed}`, () => {
    const attribute = _.of(value, isDouble)
    assert.is(attribute.type, type)
    assert.is(_.print(attribute), `{"value":${printed},"type":"${type}"}`)
  })
}

of('law: the printed value is JSON and has the type that it states', () => {
  fc.assert(
    fc.property(arbitraryValue, fc.boolean(), (value, isDouble) => {
      assert.ok(hasStatedType(_.print(_.of(value, isDouble))))
    }),
  )
})

of.run()

const isLong = suite('TypedAttribute.isLong')

isLong('has the range of 64 bits with a sign', () => {
  assert.equal([LARGEST, LARGEST + 1n, SMALLEST, SMALLEST - 1n, 0n].map(_.isLong), [
    true,
    false,
    true,
    false,
    true,
  ])
})

isLong.run()

const isFlat = suite('TypedAttribute.isFlat')

isFlat('takes lists of one type, beside nulls', () => {
  for (const flat of [[], [null], ['a', null], [1, 2.5], [true]]) assert.ok(_.isFlat(flat))
  for (const other of [1, 'a', null, {}, [1, 'a'], [[]], [{}], [Number.NaN], [undefined], [1n]]) {
    assert.not(_.isFlat(other), String(other))
  }
})

isFlat.run()

const bytesOf = suite('TypedAttribute.bytesOf')

const SIZES: ReadonlyArray<readonly [AttributeValue, number]> = [
  ['', 0],
  ['é€😀', 9],
  ['\ud800', 3],
  [true, 1],
  [7, 8],
  [1.5, 8],
  [LARGEST, 8],
  [null, 4],
  [['a', 'bc', null], 3],
  [[1, 2, 3], 24],
  [[true, false], 2],
  [[], 0],
  [{ a: 1 }, 7],
]

for (const [value, bytes] of SIZES) {
  bytesOf(`${JSON.stringify(_.of(value).value, (_key, one) => String(one))}: ${bytes}`, () => {
    assert.is(_.bytesOf(_.of(value)), bytes)
  })
}

bytesOf.run()
