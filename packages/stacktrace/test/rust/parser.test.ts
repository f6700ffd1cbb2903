import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ParsedException } from '../../src/ParsedException.ts'
import { rust } from '../../src/rust/parser.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  rust,
  ['rust'],
  [
    repeat('('),
    repeat('\t'),
    repeat('   0: a::b\n             at ./c.rs:1:2\n'),
    repeat('    0: a\n', 'm\n\nCaused by:\n'),
    repeat('Caused by:\n'),
    repeat('\n', 'm\n\nCaused by:\n    a', 'b'),
    repeat('<', '   0: a::'),
    repeat('<a as ', '   0: '),
    repeat(':1', '   0: a::b\n             at ./c.rs'),
    repeat('["a",'),
    repeat('['),
    repeat('{ fn: "', 'Backtrace [{ fn: "'),
    repeat('a', 'Backtrace [{ fn: "'),
  ],
)

const parse = suite('Rust.parse')

const name = fc.stringMatching(/^[a-z]\w{0,5}$/)
const frame: fc.Arbitrary<StackFrame> = fc
  .record({
    function: fc.oneof(
      name.map((method) => `shop::${method}`),
      name.map((method) => `<shop::Card as shop::Gateway>::${method}`),
      name.map((method) => `shop::${method}::{{closure}}`),
      name.map((method) => `shop::<impl core::ops::FnOnce<A> for &mut F>::${method}`),
    ),
    location: fc.option(
      fc.record({
        filename: fc.constantFrom('./src/main.rs', 'C:\\my shop\\main.rs'),
        lineno: fc.integer({ min: 1, max: 99_999 }),
        colno: fc.integer({ min: 1, max: 300 }),
      }),
    ),
    instruction_addr: fc.option(fc.constantFrom('0x55d5c9d2a3b1', '0x7f01')),
  })
  .map(({ function: called, location, instruction_addr }) => ({
    function: called,
    package: 'shop',
    ...location,
    ...(instruction_addr === null ? {} : { instruction_addr }),
    in_app: true,
  }))
const line = fc.oneof(
  fc.stringMatching(/^\w([\w: -]{0,10}\w)?$/),
  fc.constantFrom('0: shop::fake', 'at ./fake.rs:1:1', '7: x'),
)
const message = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))

const printFrames = (frames: ReadonlyArray<StackFrame>): ReadonlyArray<string> =>
  [...frames]
    .reverse()
    .flatMap((each, i) => [
      `${String(i).padStart(4)}: ${each.instruction_addr === undefined ? '' : `${each.instruction_addr.padStart(18)} - `}${each.function}${each.instruction_addr === undefined ? '' : '::h0123456789abcdef'}`,
      ...(each.filename === undefined
        ? []
        : [`             at ${each.filename}:${each.lineno}:${each.colno}`]),
    ])

const parsed = (
  stacktrace: string,
  { type, message: value }: { readonly type?: string; readonly message?: string } = {},
): ReadonlyArray<ParsedException> =>
  rust.parse({ type, message: value, stacktrace, language: 'rust' })

parse('gives back what anyhow printed, whatever the messages', () => {
  fc.assert(
    fc.property(
      message,
      fc
        .array(message, { maxLength: 12 })
        .map((causes) => causes.map((each) => each.replaceAll(/^/gm, 'cause '))),
      fc.array(frame, { maxLength: 4 }),
      (value, causes, frames) => {
        const text = [
          value,
          ...(causes.length === 0 ? [] : ['', 'Caused by:']),
          ...(causes.length === 1
            ? (causes[0] ?? '').split('\n').map((each) => `    ${each}`)
            : causes.map(
                (cause, i) => `${String(i).padStart(5)}: ${cause.replaceAll('\n', '\n       ')}`,
              )),
          ...(frames.length === 0 ? [] : ['', 'Stack backtrace:', ...printFrames(frames)]),
          '',
        ].join('\n')
        assert.equal(parsed(text, { type: 'anyhow::Error', message: value }), [
          { type: 'anyhow::Error', value, frames },
          ...causes.map((value, i) => ({
            type: 'Error',
            value,
            frames: [],
            parent: i,
            relation: 'source',
          })),
        ])
      },
    ),
    { numRuns: 200 },
  )
})

parse('reads an array as the messages of the causes', () => {
  const found = parsed('["card declined", "line one\\nat two"]', { type: 'E', message: 'm' })
  assert.equal(
    found.map(({ value, parent }) => [value, parent]),
    [
      ['m', undefined],
      ['card declined', 0],
      ['line one\nat two', 1],
    ],
  )
})

parse('finds the message behind the text that the panic hook and `main` print before it', () => {
  const bt = 'stack backtrace:\n   0: shop::main\n             at ./src/main.rs:1:2\n'
  const value = 'oh\n   0: not::a_frame\n             at ./no.rs:1:2'
  for (const before of ['', 'Error: ', "thread 'main' panicked at src/main.rs:1:2:\n"]) {
    const [found] = parsed(`${before}${value}\n${bt}`, { message: value })
    assert.equal([found?.value, found?.frames.length], [value, 1], before)
  }
  assert.is(parsed(`${value.slice(0, 2)}\n${bt}`)[0]?.value, 'oh')
})

parse('distinguishes own crates from libraries, and leaves the hashes out of names', () => {
  const table: ReadonlyArray<readonly [string, string, boolean]> = [
    ['core[8bb5c2cdd7ba7e20]::fmt::write', 'core::fmt::write', false],
    [
      '<shop[0123456789abcdef]::A as core[8bb5c2cdd7ba7e20]::fmt::Debug>::fmt',
      '<shop::A as core::fmt::Debug>::fmt',
      true,
    ],
    ['<&mut F as core::ops::FnOnce<()>>::call', '<&mut F as core::ops::FnOnce<()>>::call', false],
    ['<T as shop::Gateway>::charge::h0123456789abcdef', '<T as shop::Gateway>::charge', true],
    ['_start', '_start', false],
    ['<unknown>', '<unknown>', false],
    ['shop::f::<fn() -> i32>', 'shop::f::<fn() -> i32>', true],
  ]
  for (const [symbol, called, isInApp] of table) {
    const [found] = parsed(`stack backtrace:\n   0: 0x7f01 - ${symbol}\n`)
    assert.equal(
      found?.frames.map((each) => [each.function, each.in_app]),
      [[called, isInApp]],
    )
  }
  const [found] = parsed(
    '   0: dep::f\n             at /home/u/.cargo/registry/src/dep-1.0.0/src/lib.rs:1:0\n',
  )
  assert.equal(
    found?.frames.map(({ in_app, colno }) => [in_app, colno]),
    [[false, undefined]],
  )
})

parse('reads the complete entries that `{:?}` writes', () => {
  const text =
    'Backtrace [{ fn: "shop::main", file: "./src/ma\\"in.rs", line: 12 }, { fn: "_start" }, { fn: "cut'
  for (const stacktrace of [text, text.replaceAll('{ fn', '\n    { fn')]) {
    assert.equal(parsed(stacktrace)[0]?.frames, [
      { function: '_start', in_app: false },
      {
        function: 'shop::main',
        package: 'shop',
        filename: './src/ma"in.rs',
        lineno: 12,
        in_app: true,
      },
    ])
    assert.ok(rust.recognises(stacktrace))
  }
})

parse('reads numbered words as frames only in a backtrace', () => {
  assert.equal(parsed('Error:\n   0: failed\n   1: charge failed\n')[0]?.frames, [])
  assert.is(parsed('stack backtrace:\n   0: main\n   1: charge failed\n')[0]?.frames.length, 1)
})

parse.run()
