import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dotnet } from '../../src/dotnet/parser.ts'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  dotnet,
  ['dotnet', 'mono'],
  [
    repeat('('),
    repeat('\t'),
    repeat('at '),
    repeat('   at A.B(C d) in /e.cs:line 1\n'),
    repeat(' ---> A.B: c'),
    repeat(' ---> A.B: c\n'),
    repeat('---> (Inner Exception #0) A.B: c\n'),
    repeat('   --- End of inner exception stack trace ---\n'),
    repeat('<', '   at '),
    repeat('[[', '   at A.B'),
    repeat(':line 1', '   at A.B() in '),
    repeat('<---'),
    repeat(' in a', '   at A.B()', ':line 1'),
  ],
)

const parse = suite('DotNet.parse')

interface TestException {
  readonly type: string
  readonly message: string
  readonly frames: ReadonlyArray<StackFrame>
  /** At most one, except in an AggregateException, which lists them. */
  readonly inner: ReadonlyArray<TestException>
}

type Style = 'Framework' | 'Core' | '.NET 5'

const name = fc.stringMatching(/^[A-Z][\w]{0,6}$/)
const className = fc.array(name, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.'))
const line = fc.stringMatching(/^[\w:.() -]{0,20}[\w]$/)
const inner = line.map((text) => `inner ${text}`)
const frame: fc.Arbitrary<StackFrame> = fc
  .record({
    function: fc.oneof(name, fc.constantFrom('.ctor', '.cctor', 'get_Item', 'Main { <lambda> }')),
    module: className.map((module) => `Shop.${module}`),
    location: fc.option(
      fc.record({
        filename: fc.constantFrom('/srv/a.cs', 'C:\\in b\\a at (1).cs', '/in /x in y.cs'),
        lineno: fc.integer({ min: 1, max: 99_999 }),
      }),
    ),
  })
  .map(({ location, ...rest }) => ({ ...rest, ...location, in_app: true }))
const exception = (depth: number, message: fc.Arbitrary<string>): fc.Arbitrary<TestException> => {
  const below = (maxLength: number): fc.Arbitrary<ReadonlyArray<TestException>> =>
    depth === 0 ? fc.constant([]) : fc.array(exception(depth - 1, inner), { maxLength })
  const rest = { message, frames: fc.array(frame, { maxLength: 3 }) }
  return fc.oneof(
    fc.record({ ...rest, type: className, inner: below(1) }),
    fc.record({ ...rest, type: fc.constant('System.AggregateException'), inner: below(3) }),
  )
}

const printFrame = (each: StackFrame): string => {
  const method = each.function?.endsWith(' { <lambda> }')
    ? `<>c__DisplayClass1_0.<${each.function.slice(0, -13)}>b__0`
    : each.function
  const location = each.filename === undefined ? '' : ` in ${each.filename}:line ${each.lineno}`
  return `\n   at ${each.module}.${method}(String a, List\`1 b)${location}`
}

const print = (each: TestException, style: Style): string => {
  const [first] = each.inner
  const separator = style === 'Framework' ? ' ---> ' : '\n ---> '
  const end = '\n   --- End of inner exception stack trace ---'
  const listed = each.type === 'System.AggregateException' ? each.inner : []
  return [
    `${each.type}: ${each.message}`,
    first === undefined ? '' : `${separator}${print(first, style)}${end}`,
    each.frames.map(printFrame).join('\n--- End of stack trace from previous location ---'),
    ...listed.map((inner, i) =>
      style === '.NET 5' && i === 0
        ? ''
        : `\n ---> (Inner Exception #${i}) ${print(inner, style)}<---\n`,
    ),
  ].join('')
}

const flat = (
  each: TestException,
  start = 0,
  link: Pick<ParsedException, 'parent' | 'relation'> = {},
): ReadonlyArray<ParsedException> => {
  const found: Array<ParsedException> = [
    { type: each.type, value: each.message, frames: [...each.frames].reverse(), ...link },
  ]
  each.inner.forEach((inner, i) => {
    const relation = each.type.startsWith('System.') ? `InnerExceptions[${i}]` : 'InnerException'
    found.push(...flat(inner, start + found.length, { parent: start, relation }))
  })
  return found
}

const parsed = (
  stacktrace: string,
  { type, message }: { readonly type?: string; readonly message?: string } = {},
): ReadonlyArray<ParsedException> => dotnet.parse({ type, message, stacktrace, language: 'dotnet' })

parse('gives back what was printed, in the form of every runtime', () => {
  const message = fc
    .array(fc.oneof(line, fc.constant('   at Not.A.Frame()'), fc.constant(' ---> Not.An: inner')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((lines) => lines.join('\n'))
  const style = fc.constantFrom<Style>('Framework', 'Core', '.NET 5')
  fc.assert(
    fc.property(exception(2, message), style, (each, runtime) => {
      assert.equal(parsed(print(each, runtime), each), flat(each))
    }),
    { numRuns: 200 },
  )
})

parse('reads every form of a frame and restores names that the compiler generated', () => {
  const table: ReadonlyArray<readonly [string, StackFrame | undefined]> = [
    [
      'at A.B.<LoadAsync>d__4.MoveNext() in C:\\My App\\a.cs:line 7',
      {
        function: 'LoadAsync',
        module: 'A.B',
        filename: 'C:\\My App\\a.cs',
        lineno: 7,
        in_app: true,
      },
    ],
    [
      'at A.B`1.<>c.<<Post>b__0>d.MoveNext()',
      { function: 'Post { <lambda> }', module: 'A.B`1', in_app: true },
    ],
    [
      'at A.B.<Invoke>g__Await|7_0(Task t)',
      { function: 'Invoke+Await', module: 'A.B', in_app: true },
    ],
    [
      'at Program.<<Main>$>d__0.MoveNext()',
      { function: '<Main>$', module: 'Program', in_app: true },
    ],
    [
      'at System.Collections.Generic.List`1[[System.Int32, System.Private.CoreLib, Version=10.0.0.0]]..ctor(IEnumerable`1 )',
      { function: '.ctor', module: 'System.Collections.Generic.List`1', in_app: false },
    ],
    [
      'at A.B.Run(String[]) + 0x2b in /a.cs:line 3',
      { function: 'Run', module: 'A.B', filename: '/a.cs', lineno: 3, in_app: true },
    ],
    ['at lambda_method5(Closure , Object )', { function: 'lambda_method5', in_app: false }],
    [
      'bei A.B.Run(String s) in C:\\a.cs:Zeile 12.',
      { function: 'Run', module: 'A.B', filename: 'C:\\a.cs', lineno: 12, in_app: true },
    ],
    [
      '場所 A.B.Run() 場所 C:\\a.cs:行 12',
      { function: 'Run', module: 'A.B', filename: 'C:\\a.cs', lineno: 12, in_app: true },
    ],
    [
      'at A+B[T].Run (System.String s) [0x00001] in <0a1b>:0 ',
      { function: 'Run', module: 'A+B', in_app: true },
    ],
    [
      'at (wrapper dynamic-method) A.B.Run(object,int)',
      { function: 'Run', module: 'A.B', in_app: true },
    ],
    ['at a.b.C.d(C.java:1)', undefined],
    ['at a.b.C.d(Unknown Source)', undefined],
    ['at Object.run (/srv/a.js:1:2)', undefined],
    ['at a.b() it failed', undefined],
  ]
  for (const [text, expected] of table) {
    const found = parsed(`A.E: m\n   ${text}\n   at Z.Z()\n`, { type: 'A.E', message: 'm' })
    assert.equal(found[0]?.frames.slice(1), expected === undefined ? [] : [expected], text)
  }
})

parse(
  'finds the end of an inner exception in any language, and without the texts of the runtime',
  () => {
    for (const end of [
      '   --- Ende der internen Ausnahmestapelüberwachung ---',
      '--- End of inner exception stack trace ---',
      '   Exception_EndOfInnerExceptionStack',
    ]) {
      const found = parsed(`A.E: m ---> A.F: n\n   at A.B()\n${end}\n   at A.C()`, { message: 'm' })
      assert.equal(
        found.map(({ type, frames }) => [type, frames.map((each) => each.function)]),
        [
          ['A.E', ['C']],
          ['A.F', ['B']],
        ],
        end,
      )
    }
  },
)

parse(
  'leaves a code in brackets out of the type, and the lines of a database out of the frames',
  () => {
    const text =
      'System.Net.Sockets.SocketException (111): refused\n ---> A.Sql (0x80131904): n\n   at A.B()\nClientConnectionId:1\n   --- End of inner exception stack trace ---\n   at A.C()\n'
    for (const message of ['refused', undefined]) {
      const found = parsed(text, {
        type: 'SocketException',
        ...(message === undefined ? {} : { message }),
      })
      assert.equal(
        found.map(({ type, value, frames }) => [type, value, frames.length]),
        [
          ['System.Net.Sockets.SocketException', 'refused', 1],
          ['A.Sql', 'n', 1],
        ],
      )
    }
  },
)

parse('gives the attributes and no frames where the text has none', () => {
  assert.equal(parsed('', { type: 'A.E', message: 'm' }), [{ type: 'A.E', value: 'm', frames: [] }])
})

parse.run()

const local = suite('dotnet: local functions')

const LOCAL: ReadonlyArray<readonly [string, string]> = [
  ['Shop.Cart.<Invoke>g__AwaitRequestTask|7_0(Task task)', 'Invoke+AwaitRequestTask'],
  ['Shop.Cart.<>c__DisplayClass5_0.<Run>g__Inner|1()', 'Run+Inner'],
  ['Shop.Cart.<>c.<<Run>g__Inner|1_0>b__2_0()', 'Run+Inner { <lambda> }'],
  ['Shop.Cart.<<Run>g__InnerAsync|3_0>d.MoveNext()', 'Run+InnerAsync'],
]

for (const [call, name] of LOCAL) {
  local(`${call} is ${name} of Shop.Cart`, () => {
    const stacktrace = `   at ${call} in /srv/Cart.cs:line 34`
    const [exception] = dotnet.parse({ type: 'E', message: 'm', stacktrace, language: 'dotnet' })
    assert.is(exception?.frames[0]?.function, name)
    assert.is(exception?.frames[0]?.module, 'Shop.Cart')
  })
}

local.run()
