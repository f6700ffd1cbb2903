import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/javascript/v8.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = '    at fake (/srv/fake.js:1:2)'
const fun = fc.oneof(
  word,
  fc.tuple(name, word).map(([type, method]) => `${type}.${method}`),
  fc.constantFrom('?', 'new Cart', 'Object.?', 'get total [as total]', '#sign', 'Module._ext..js'),
)

const print = ({ fun, file, line, column }: Call): string => {
  const location = `${file}:${line}:${column}`
  const written = fun.replace(/\.\?$/, '.<anonymous>')
  return fun === '?' ? `    at ${location}` : `    at ${written} (${location})`
}

const parser = suite('parser')

parser('reads what V8 prints', () => {
  check(fc.tuple(name, message(trap), calls(fun, '.js')), ([type, value, stack]) => {
    const text = [`${type}: ${value}`, ...stack.map(print)].join('\n')
    const [exception] = read(_.v8, type, text, value)
    assert.is(exception?.type, type)
    assert.is(exception?.value, value)
    assert.equal(
      locationsOf(exception),
      stack.map((c) => [c.fun, c.file, c.line, c.column]),
    )
  })
})

parser('reads a chain that util.inspect prints', () => {
  const errors = fc.array(
    fc.tuple(
      name,
      word,
      calls(fun, '.js').filter((stack) => stack.length > 0),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  check(errors, (chain) => {
    const print1 = (at: number): string => {
      const [type = '', value = '', stack = []] = chain[at] ?? []
      const frames = [`${type}: ${value}`, ...stack.map(print)].join('\n')
      if (at + 1 === chain.length) return frames
      return `${frames} {\n  [cause]: ${print1(at + 1).replaceAll('\n', '\n  ')}\n}`
    }
    const parsed = read(_.v8, chain[0]?.[0], print1(0), chain[0]?.[1])
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.parent]),
      chain.map(([type, value], at) => [type, value, at === 0 ? undefined : at - 1]),
    )
    assert.equal(
      parsed.map((exception) => locationsOf(exception).length),
      chain.map(([, , stack]) => stack.length),
    )
  })
})

parser('restores the lines that util.inspect left out', () => {
  const text = `Error: outer
    at f (/a.js:1:2)
    at g (/a.js:3:4)
    ... 2 lines matching cause stack trace ...
    at k (/a.js:9:10) {
  code: 'E_PAY',
  [cause]: TypeError: inner
      at e (/a.js:1:1)
      at g (/a.js:3:4)
      at h (/a.js:5:6)
      at i (/a.js:7:8)
      at k (/a.js:9:10)
}`
  const [outer, inner] = read(_.v8, 'E_PAY', text, 'outer')
  assert.is(outer?.type, 'Error')
  assert.equal(
    outer?.frames.map((frame) => frame.function),
    ['k', 'i', 'h', 'g', 'f'],
  )
  assert.equal(
    inner?.frames.map((frame) => frame.function),
    ['k', 'i', 'h', 'g', 'e'],
  )
})

parser('reads the members of an AggregateError', () => {
  const text = `AggregateError: all failed
    at /a.js:1:2 {
  [errors]: [
    TypeError: one
        at /a.js:3:4,
    RangeError: two
        at /a.js:5:6 {
      [cause]: [Error: three]
    },
    'text',
    [SyntaxError: four]
  ]
}`
  const parsed = read(_.v8, 'AggregateError', text, 'all failed')
  assert.equal(
    parsed.map(({ type, value, parent, relation }) => [type, value, parent, relation]),
    [
      ['AggregateError', 'all failed', undefined, undefined],
      ['TypeError', 'one', 0, 'errors[0]'],
      ['RangeError', 'two', 0, 'errors[1]'],
      ['Error', 'three', 2, 'cause'],
      ['SyntaxError', 'four', 0, 'errors[3]'],
    ],
  )
})

const lines: ReadonlyArray<readonly [string, unknown]> = [
  ['at async Promise.all (index 0)', { function: 'Promise.all', filename: '<anonymous>' }],
  ['at map (native:1:11)', { function: 'map', filename: 'native', lineno: 1, colno: 11 }],
  ['at <anonymous> (/srv/a.ts:1:2)', { function: '?', filename: '/srv/a.ts', lineno: 1, colno: 2 }],
  ['at <anonymous> (/srv/a.ts)', { function: '?', filename: '/srv/a.ts' }],
  ['at parse (unknown)', { function: 'parse' }],
  [
    'at f (address at index.android.bundle:1:2345)',
    { function: 'f', filename: 'index.android.bundle', lineno: 1, colno: 2345 },
  ],
  [
    'at add (http://h/a.wasm:wasm-function[3]:0x1a)',
    { function: 'add', filename: 'http://h/a.wasm', instruction_addr: '0x1a' },
  ],
  [
    'at eval (eval at f (eval at g (/a.js:1:2), <anonymous>:3:4), <anonymous>:5:6)',
    { function: 'eval', filename: '/a.js', lineno: 1, colno: 2 },
  ],
  ['at home (the user, 10:30)', undefined],
  ['at 10:30:15', undefined],
  ['at f (/srv/a.js:1:2', undefined],
]
for (const [line, expected] of lines) {
  parser(`reads "${line}"`, () => {
    const [frame] = read(_.v8, 'E', `E: m\n    ${line}`, 'm')[0]?.frames ?? []
    const { in_app: _in_app, ...rest } = frame ?? {}
    assert.equal(frame && rest, expected)
  })
}

parser('reads the chain of a library that joins stacks', () => {
  const text = 'E: m\n    at f (/a.js:1:2)\ncaused by: A: b\n    at g (/a.js:3:4)\ncaused by: C: d'
  assert.equal(
    read(_.v8, 'E', text, 'm').map(({ type, value, parent }) => [type, value, parent]),
    [
      ['E', 'm', undefined],
      ['A', 'b', 0],
      ['C', 'd', 1],
    ],
  )
})

parser('names modules of packages as the SDK does', () => {
  const text = 'E: m\n    at f (/srv/node_modules/@a/b/lib/c.js:1:2)'
  const [frame] = read(_.v8, 'E', text, 'm')[0]?.frames ?? []
  assert.is(frame?.module, '@a.b.lib:c')
})

parser('reads an error without frames as util.inspect prints it', () => {
  const text = "[Error: ENOENT: no such file] {\n  code: 'ENOENT'\n}"
  const [exception] = read(_.v8, 'ENOENT', text, 'ENOENT: no such file')
  assert.equal(exception, { type: 'Error', value: 'ENOENT: no such file', frames: [] })
})

parser.run()
