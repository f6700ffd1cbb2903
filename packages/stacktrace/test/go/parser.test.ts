import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { go } from '../../src/go/parser.ts'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  go,
  ['go'],
  [
    repeat('('),
    repeat('\t'),
    repeat('goroutine 1 [running]:\n'),
    repeat('main.main()\n\t/a.go:1 +0x1\n', 'goroutine 1 [running]:\n'),
    repeat('main.main\n\t/a.go:1\n'),
    repeat('main.main\n\t/a.go:1\nmessage\n'),
    repeat('main.(*', 'goroutine 1 [running]:\n', ')'),
    repeat('message\n'),
    repeat('.go:1', 'main.main\n\t/a'),
    repeat('a.', '', '()'),
  ],
)

const parse = suite('Go.parse')

const name = fc.stringMatching(/^[a-z]\w{0,5}$/)
const frame: fc.Arbitrary<StackFrame> = fc.record(
  {
    function: fc.oneof(
      name,
      name.map((method) => `(*Card).${method}`),
      name.map((method) => `(*Map[...]).${method}.func1.2`),
      name.map((method) => `${method}[...]`),
    ),
    module: name.map((path) => `example.com/shop/${path}`),
    filename: fc.constantFrom(
      '/srv/shop/main.go',
      'C:/my shop/main.go',
      'example.com/shop/main.go',
    ),
    lineno: fc.integer({ min: 1, max: 99_999 }),
    in_app: fc.constant(true),
  },
  { noNullPrototype: true },
)
const frames = fc.array(frame, { minLength: 1, maxLength: 5 })
const message = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^\w([\w: -]{0,10}\w)?$/),
      fc.constant('main.fake(0x1)\n\t/fake.go:1 +0x1'),
      fc.constant('main.fake\n\t/fake.go:1'),
      fc.constant('goroutine 7 [running]:'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) => lines.join('\n'))

const parsed = (
  stacktrace: string,
  { type, message: value }: { readonly type?: string; readonly message?: string } = {},
): ReadonlyArray<ParsedException> => go.parse({ type, message: value, stacktrace, language: 'go' })

parse('gives back the goroutine that was printed, behind a panic with any message', () => {
  fc.assert(
    fc.property(frames, message, fc.boolean(), (stack, value, hasPanicked) => {
      const text = [
        ...(hasPanicked ? [`panic: ${value}`, ''] : []),
        'goroutine 1 [running]:',
        ...[...stack]
          .reverse()
          .flatMap(({ module, function: called, filename, lineno }) => [
            `${module}.${called}(0xc000010000, {0x1?, 0x2}, ...)`,
            `\t${filename}:${lineno} +0x1d`,
          ]),
        'created by main.main in goroutine 1',
        '\t/srv/main.go:1 +0x1d',
        '',
      ].join('\n')
      assert.equal(parsed(text, { type: '*errors.errorString', message: value }), [
        { type: '*errors.errorString', value, frames: stack },
      ])
    }),
    { numRuns: 200 },
  )
})

parse('gives back the chain that was printed, the innermost error first', () => {
  const group = fc.record({ value: fc.stringMatching(/^\w([\w -]{0,10}\w)?$/), frames })
  fc.assert(
    fc.property(fc.array(group, { maxLength: 3 }), message, frames, (outer, base, stack) => {
      const groups = [{ value: base, frames: stack }, ...outer]
      const text = groups
        .flatMap((each) => [
          each.value,
          ...[...each.frames]
            .reverse()
            .flatMap((one) => [`${one.module}.${one.function}`, `\t${one.filename}:${one.lineno}`]),
        ])
        .join('\n')
      const whole = [...groups.map(({ value }) => value)].reverse().join(': ')
      const found = parsed(text, { type: '*errors.withStack', message: whole })
      assert.equal(
        found.map((each) => [each.type, each.value, each.frames, each.parent]),
        [...groups]
          .reverse()
          .map((each, i) =>
            i === 0
              ? ['*errors.withStack', whole, each.frames, undefined]
              : ['error', each.value, each.frames, i - 1],
          ),
      )
    }),
    { numRuns: 200 },
  )
})

parse('distinguishes own code from libraries', () => {
  const table: ReadonlyArray<readonly [string, string, StackFrame]> = [
    [
      'runtime/debug.Stack()',
      '/usr/local/go/src/runtime/debug/stack.go:24 +0x65',
      {
        function: 'Stack',
        module: 'runtime/debug',
        filename: '/usr/local/go/src/runtime/debug/stack.go',
        lineno: 24,
        in_app: false,
      },
    ],
    [
      'net/http.(*conn).serve(...)',
      'net/http/server.go:1 +0x65',
      {
        function: '(*conn).serve',
        module: 'net/http',
        filename: 'net/http/server.go',
        lineno: 1,
        in_app: false,
      },
    ],
    [
      'gopkg.in/yaml%2ev3.(*T[...]).Do(0x1)',
      'gopkg.in/yaml.v3@v3.0.1/yaml.go:9 +0x65',
      {
        function: '(*T[...]).Do',
        module: 'gopkg.in/yaml.v3',
        filename: 'gopkg.in/yaml.v3@v3.0.1/yaml.go',
        lineno: 9,
        in_app: false,
      },
    ],
    [
      'shop/vendor/x.Do()',
      '/srv/shop/vendor/x/x.go:9 +0x65',
      {
        function: 'Do',
        module: 'shop/vendor/x',
        filename: '/srv/shop/vendor/x/x.go',
        lineno: 9,
        in_app: false,
      },
    ],
    [
      'log/audit.Write()',
      '/srv/log/audit/a.go:9 +0x65',
      {
        function: 'Write',
        module: 'log/audit',
        filename: '/srv/log/audit/a.go',
        lineno: 9,
        in_app: true,
      },
    ],
    [
      'panic({0x1, 0x2})',
      '/usr/local/go/src/runtime/panic.go:884 +0x212',
      {
        function: 'panic',
        filename: '/usr/local/go/src/runtime/panic.go',
        lineno: 884,
        in_app: false,
      },
    ],
    [
      'main.init.0()',
      '<autogenerated>:1 +0x12',
      { function: 'init.0', module: 'main', filename: '<autogenerated>', lineno: 1, in_app: true },
    ],
  ]
  for (const [call, location, expected] of table) {
    const text = `goroutine 18 gp=0xc000 m=5 [select, 3 minutes]:\n${call}\n\t${location}\n`
    assert.equal(parsed(text)[0]?.frames, [expected], call)
  }
})

parse('keeps a function whose location was cut off, and no location that may be incomplete', () => {
  const start = 'goroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n'
  for (const end of ['main.b(0x', 'main.b()', 'main.b()\n\t/b', 'main.b()\n\t/b.go:1']) {
    assert.equal(
      parsed(start + end)[0]?.frames[0],
      { function: 'b', module: 'main', in_app: true },
      end,
    )
  }
  assert.is(parsed(`${start}main.(*b`)[0]?.frames.length, 1)
})

parse('reads one goroutine, and gives a panic without attributes the type panic', () => {
  const goroutine = 'goroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n'
  const [found, ...rest] = parsed(`panic: oh\n\n${goroutine}\n${goroutine}exit status 2\n`)
  assert.equal([found?.type, found?.value, found?.frames.length, rest], ['panic', 'oh', 1, []])
})

parse('finds the message of a panic that was raised while another was handled', () => {
  const message = 'multi\n\ngoroutine 7 [running]:\nmain.fake()\n\t/fake.go:1 +0x1'
  const text = `panic: first [recovered]\n\tpanic: ${message.replaceAll('\n', '\n\t')}\n\ngoroutine 1 [running]:\nmain.a()\n\t/a.go:1 +0x1\n`
  assert.equal(
    parsed(text, { message })[0]?.frames.map((each) => each.function),
    ['a'],
  )
})

parse('reads an error without a stack if the whole message starts with its message', () => {
  const found = parsed('base\nmain.a\n\t/a.go:1\nouter', { message: 'outer: base' })
  assert.equal(
    found.map(({ value, frames: stack }) => [value, stack.length]),
    [
      ['outer: base', 0],
      ['base', 1],
    ],
  )
})

parse.run()
