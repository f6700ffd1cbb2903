import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cpp } from '../../src/native/cpp.ts'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  cpp,
  ['cpp'],
  [
    repeat('('),
    repeat('\t'),
    repeat(' 0# a::b() at /c.cpp:1\n'),
    repeat('<', ' 0# '),
    repeat(' in ', ' 0# a'),
    repeat(' at a:1', '#0 a'),
    repeat('operator', ' 0# '),
    repeat('"', '#0 Source "'),
    repeat('(a+0x1', './a', ') [0x1]'),
    repeat('!', '0> a', '+0x1'),
    repeat(' (', '#0 0x1 in a', '+0x1)'),
  ],
)

const parse = suite('Cpp.parse')

const parsed = (stacktrace: string, message = 'm'): ReadonlyArray<ParsedException> =>
  cpp.parse({ type: 'shop::Error', message, stacktrace, language: 'cpp' })

const name = fc.stringMatching(/^[a-z]\w{0,5}$/)
const frame = fc.record(
  {
    function: name.chain((called) =>
      fc.constantFrom(
        'main',
        `shop::${called}(int const&) const`,
        `std::vector<int> shop::${called}<std::less<int> >(int)`,
        `shop::(anonymous namespace)::${called}[abi:cxx11]()`,
        `shop::Op::operator()(int)::{lambda(int const&)#1}::operator()(int) const`,
      ),
    ),
    filename: fc.constantFrom('/srv/shop.cpp', 'C:\\my shop\\shop.cpp', '../src/shop.h'),
    lineno: fc.integer({ min: 1, max: 99_999 }),
    in_app: fc.constant(true),
  },
  { noNullPrototype: true },
)

type Print = (frame: StackFrame, number: number) => string

const FORMS: ReadonlyArray<readonly [string, Print]> = [
  [
    'Boost',
    (each, i) => ` ${i}# ${each.function} at ${each.filename}:${each.lineno} (discriminator 3)`,
  ],
  ['gdb', (each, i) => `#${i}  0x55d5 in ${each.function} at ${each.filename}:${each.lineno}`],
  ['cpptrace', (each, i) => `#${i} 0x55d5 in ${each.function} at ${each.filename}:${each.lineno}`],
  ['MSVC', (each, i) => `${i}> ${each.filename}(${each.lineno}): shop!${each.function}+0x1D`],
  [
    'backward',
    (each, i) =>
      `#${i}    Source "${each.filename}", line ${each.lineno}, in ${each.function} [0x55d5]`,
  ],
]

parse('gives back what was printed, in the form of every library', () => {
  for (const [library, print] of FORMS) {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        const lines = [...frames].reverse().map(print)
        const text = library === 'backward' ? [...lines].reverse() : lines
        const [found] = parsed(`Stack trace:\n${text.join('\n')}\n`)
        const known = frames.map(({ function: called, filename, lineno, in_app }) => [
          called,
          filename,
          lineno,
          in_app,
        ])
        assert.equal(
          found?.frames.map((each) => [each.function, each.filename, each.lineno, each.in_app]),
          known,
          library,
        )
      }),
      { numRuns: 100 },
    )
  }
})

parse('reads every form of a line', () => {
  const table: ReadonlyArray<readonly [string, StackFrame | undefined]> = [
    [
      './shop(_ZN4shop3payEv+0x2b) [0x55d5c9]',
      { function: '_ZN4shop3payEv', package: './shop', instruction_addr: '0x55d5c9', in_app: true },
    ],
    [
      './my shop(+0x1189) [0x55d5c9]',
      { function: '<unknown>', package: './my shop', instruction_addr: '0x55d5c9', in_app: true },
    ],
    [
      './shop(_ZNKSt8functionIFivEEclEv+0x49) [0x55d5c9]',
      {
        function: '_ZNKSt8functionIFivEEclEv',
        package: './shop',
        instruction_addr: '0x55d5c9',
        in_app: false,
      },
    ],
    [
      '/lib/x86_64-linux-gnu/libc.so.6(+0x2724a) [0x7f39]',
      {
        function: '<unknown>',
        package: '/lib/x86_64-linux-gnu/libc.so.6',
        instruction_addr: '0x7f39',
        in_app: false,
      },
    ],
    ['[0x7f39]', { function: '<unknown>', instruction_addr: '0x7f39', in_app: true }],
    [
      '#1  shop::pay (n=1, s=...) at shop.cpp:12',
      { function: 'shop::pay', filename: 'shop.cpp', lineno: 12, in_app: true },
    ],
    [
      '#2  0x7f in raise () from /lib/libc.so.6',
      { function: 'raise', package: '/lib/libc.so.6', instruction_addr: '0x7f', in_app: false },
    ],
    [
      '    #3 0x7f in main /srv/shop.cpp:12:5',
      {
        function: 'main',
        filename: '/srv/shop.cpp',
        lineno: 12,
        colno: 5,
        instruction_addr: '0x7f',
        in_app: true,
      },
    ],
    [
      '    #4 0x7f in __libc_start_main (/lib/libc.so.6+0x29d8f) (BuildId: c2)',
      {
        function: '__libc_start_main',
        package: '/lib/libc.so.6',
        instruction_addr: '0x7f',
        in_app: false,
      },
    ],
    [
      '    #5 0x7f  (./shop+0x12)',
      { function: '<unknown>', package: './shop', instruction_addr: '0x7f', in_app: true },
    ],
    [
      '    @     0x55d5 shop::pay()',
      { function: 'shop::pay()', instruction_addr: '0x55d5', in_app: true },
    ],
    [
      '| Source "/srv/a.cpp", line 3, in inlined',
      { function: 'inlined', filename: '/srv/a.cpp', lineno: 3, in_app: true },
    ],
    [
      '7# operator new(unsigned long) in ./shop',
      { function: 'operator new(unsigned long)', package: './shop', in_app: false },
    ],
    ['7# ', undefined],
    ['#5 fixes the bug', undefined],
    ['#5 fixes the bug at noon:12', undefined],
    ["#0 a.php(3): f('x from y')", undefined],
    [
      '#1 std::map<int, int>::at (this=0x1, k=2) at /srv/a.cpp:3',
      { function: 'std::map<int, int>::at', filename: '/srv/a.cpp', lineno: 3, in_app: false },
    ],
    [
      '   4# main at /srv/a.cpp:3 [0x55d5]',
      {
        function: 'main',
        filename: '/srv/a.cpp',
        lineno: 3,
        instruction_addr: '0x55d5',
        in_app: true,
      },
    ],
    ['see [1]', undefined],
  ]
  for (const [text, expected] of table) {
    const [found] = parsed(`${text}\n`)
    assert.equal(found?.frames, expected === undefined ? [] : [expected], text)
  }
})

parse('reads the first of several stacks, and no frame of a message', () => {
  assert.is(parsed('0# main\n1# _start\n0# main\n1# _start\n')[0]?.frames.length, 2)
  assert.is(
    parsed('shop::Error: a\n 0# b in c\n 0# main in d\n', 'a\n 0# b in c')[0]?.frames.length,
    1,
  )
})

parse.run()
