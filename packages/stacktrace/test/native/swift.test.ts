import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { swift } from '../../src/native/swift.ts'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  swift,
  ['swift'],
  [
    repeat('('),
    repeat('\t'),
    repeat('0   Shop   0x0000000104f2c1d4 main + 40\n'),
    repeat(' 0x0000000104f2c1d4', '0   Shop', ' main + 40'),
    repeat(' + 1', '0   Shop   0x0000000104f2c1d4 a'),
    repeat(' in a at b', '0 0x55d0 a'),
    repeat('[ra] ', '0 '),
    repeat(':1', '0x55d0, a at b'),
    repeat('{"callStacks":['),
  ],
)

const parse = suite('Swift.parse')

const parsed = (stacktrace: string, message = 'm'): ReadonlyArray<ParsedException> =>
  swift.parse({ type: 'NSException', message, stacktrace, language: 'swift' })

const symbol = fc.constantFrom('$s4Shop4mainyyF', '-[Cart pay:to:]', 'closure #1 in Cart.pay(_:)')
const address = fc.integer({ min: 1 }).map((number) => `0x${number.toString(16).padStart(16, '0')}`)

parse('gives back the symbols of an exception', () => {
  const frame: fc.Arbitrary<StackFrame> = fc.record(
    {
      function: symbol,
      package: fc.constantFrom('Shop', 'Shop-iOS', 'My Shop 2'),
      instruction_addr: address,
      in_app: fc.constant(true),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
      const text = [...frames]
        .reverse()
        .map(
          (each, i) =>
            `${String(i).padEnd(3)} ${each.package?.padEnd(35)} ${each.instruction_addr} ${each.function} + 12`,
        )
        .join('\n')
      assert.equal(parsed(text), [{ type: 'NSException', value: 'm', frames }])
    }),
    { numRuns: 200 },
  )
})

parse('gives back the backtrace that Swift prints on Linux', () => {
  const frame: fc.Arbitrary<StackFrame> = fc.record(
    {
      function: symbol,
      package: fc.constant('Shop'),
      instruction_addr: address,
      filename: fc.constantFrom('/srv/Sources/Shop/main.swift', '/srv/my shop/a.swift'),
      lineno: fc.integer({ min: 1, max: 9999 }),
      colno: fc.integer({ min: 1, max: 99 }),
      in_app: fc.constant(true),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
      const text = [...frames]
        .reverse()
        .map(
          (each, i) =>
            `${i}${i > 0 ? ' [ra]' : ''} ${each.instruction_addr} ${each.function} + 20 in ${each.package} at ${each.filename}:${each.lineno}:${each.colno}\n\n    12| func pay() {\n`,
        )
        .join('\n')
      const before = '*** Program crashed: Bad pointer at 0x0 ***\n\nThread 0 "Shop" crashed:\n\n'
      assert.equal(parsed(`${before}${text}\n`)[0]?.frames, frames)
    }),
    { numRuns: 200 },
  )
})

parse('reads every form of a line', () => {
  const table: ReadonlyArray<readonly [string, StackFrame | undefined]> = [
    [
      '2 [ra] [system] 0x7ff8 start + 1903 in dyld',
      { function: 'start', package: 'dyld', instruction_addr: '0x7ff8', in_app: false },
    ],
    [
      '3 [ra] [inlined] 0x7ff8 pay() in Shop at /srv/a.swift:3',
      {
        function: 'pay()',
        filename: '/srv/a.swift',
        lineno: 3,
        package: 'Shop',
        instruction_addr: '0x7ff8',
        in_app: true,
      },
    ],
    [
      '0 level5() + 43 in Shop at /srv/a.swift:2:9',
      {
        function: 'level5()',
        filename: '/srv/a.swift',
        lineno: 2,
        colno: 9,
        package: 'Shop',
        in_app: true,
      },
    ],
    [
      '0x55d0, Shop.pay() -> () at /srv/a.swift:3',
      {
        function: 'Shop.pay() -> ()',
        filename: '/srv/a.swift',
        lineno: 3,
        instruction_addr: '0x55d0',
        in_app: true,
      },
    ],
    [
      '/srv/Shop(main+0x12) [0x55d0]',
      { function: 'main', package: '/srv/Shop', instruction_addr: '0x55d0', in_app: true },
    ],
    [
      '/usr/lib/swift/linux/libswiftCore.so(+0x12) [0x55d0]',
      {
        function: '<unknown>',
        package: '/usr/lib/swift/linux/libswiftCore.so',
        instruction_addr: '0x55d0',
        in_app: false,
      },
    ],
    [
      '4   libswiftCore.so   0x00007f8a1c2d3e4f <unavailable> + 109',
      {
        function: '<unknown>',
        package: 'libswiftCore.so',
        instruction_addr: '0x00007f8a1c2d3e4f',
        in_app: false,
      },
    ],
    [
      '5   Shop   0x0000000104f2c1d4 Cart.pay() + 132 (Cart.swift:12)',
      {
        function: 'Cart.pay()',
        filename: 'Cart.swift',
        lineno: 12,
        package: 'Shop',
        instruction_addr: '0x0000000104f2c1d4',
        in_app: true,
      },
    ],
    ['3 items in cart', undefined],
    ['3 items in cart at noon', undefined],
  ]
  for (const [text, expected] of table) {
    assert.equal(parsed(`${text}\n`)[0]?.frames, expected === undefined ? [] : [expected], text)
  }
})

parse("reads Apple's tree of MetricKit, in which frames hold their callers", () => {
  const text = JSON.stringify({
    callStackTree: {
      callStacks: [
        { threadAttributed: false, callStackRootFrames: [] },
        {
          threadAttributed: true,
          callStackRootFrames: [
            {
              binaryName: 'Shop',
              address: 16,
              subFrames: [{ binaryName: 'UIKitCore', address: 32 }],
            },
          ],
        },
      ],
    },
  })
  assert.equal(parsed(text)[0]?.frames, [
    { function: '<unknown>', package: 'UIKitCore', instruction_addr: '0x20', in_app: false },
    { function: '<unknown>', package: 'Shop', instruction_addr: '0x10', in_app: true },
  ])
  assert.equal(parsed('{"callStacks":"none"}')[0]?.frames, [])
})

parse('reads inlined frames of Linux, and those without a line or an address', () => {
  const [exception] = parsed(
    [
      'Thread 0 "shop" crashed:',
      '',
      '0 [inlined] [system] Swift runtime failure: Index out of range in shop at /<compiler-generated>',
      '1 [inlined] Cart.item(at:) in shop at /src/Cart.swift:12:20',
      '2 Cart.total() + 84 in shop at /src/Cart.swift:21:14',
      '3 [ra] [system] static Main.$main() + 24 in shop at /src/Main.swift',
    ].join('\n'),
  )
  assert.equal(
    exception?.frames.map(({ function: name, filename, lineno, in_app: inApp }) => [
      name,
      filename,
      lineno,
      inApp,
    ]),
    [
      ['static Main.$main()', '/src/Main.swift', undefined, false],
      ['Cart.total()', '/src/Cart.swift', 21, true],
      ['Cart.item(at:)', '/src/Cart.swift', 12, true],
      ['Swift runtime failure: Index out of range', '/<compiler-generated>', undefined, false],
    ],
  )
})

parse.run()
