import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jvm } from '../../src/jvm/parser.ts'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import { contract, repeat } from '../parserContract.ts'

contract(
  jvm,
  ['java', 'kotlin', 'scala'],
  [
    repeat('('),
    repeat('\t'),
    repeat('at '),
    repeat('\tat a.b(c.java:1)\n'),
    repeat('\tat a.b(c.java:1) ~[', '', ')'),
    repeat('... 99999999 more\n'),
    repeat('Caused by: a.B: c\n\t... 99999 more\n', 'a.B: c\n\tat a.b(c.java:1)\n'),
    repeat('\tSuppressed: a\n'),
    repeat('a.'),
    repeat(' ', '\tat a.b(C.java:1)', ')'),
    repeat('[a] ', '\tat '),
  ],
)

const parse = suite('Jvm.parse')

interface Throwable {
  readonly type: string
  readonly message: string
  /** The call that threw first, as in the JVM. */
  readonly frames: ReadonlyArray<StackFrame>
  readonly suppressed: ReadonlyArray<Throwable>
  readonly cause: Throwable | undefined
}

const name = fc.stringMatching(/^[a-z$_][\w$]{0,6}$/)
const className = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'))
const line = fc.oneof(fc.constant('at a.b(C.java:1)'), fc.stringMatching(/^[\w:.() -]{0,20}[\w]$/))
const inner = line.map((text) => `inner ${text}`)
const frame: fc.Arbitrary<StackFrame> = fc.record(
  {
    function: fc.oneof(name, fc.constantFrom('<init>', '<clinit>', 'lambda$run$0', '-Foo')),
    module: className.map((module) => `com.${module}`),
    filename: fc.constantFrom('Main.java', 'Shop.kt', '<generated>', 'Odd (1).java'),
    lineno: fc.integer({ min: 1, max: 99_999 }),
    in_app: fc.constant(true),
  },
  { requiredKeys: ['function', 'module', 'in_app', 'filename'], noNullPrototype: true },
)
const throwable = (depth: number, message: fc.Arbitrary<string>): fc.Arbitrary<Throwable> =>
  fc.record({
    type: className,
    message,
    frames: fc.array(frame, { maxLength: 4 }),
    suppressed:
      depth === 0 ? fc.constant([]) : fc.array(throwable(depth - 1, inner), { maxLength: 2 }),
    cause:
      depth === 0
        ? fc.constant(undefined)
        : fc.option(throwable(depth - 1, inner), { nil: undefined }),
  })

const printFrame = (each: StackFrame): string => {
  const location = each.lineno === undefined ? each.filename : `${each.filename}:${each.lineno}`
  return `at app//${each.module}.${each.function}(${location})`
}

/** Prints like `Throwable.printStackTrace`: frames that the end of the enclosing trace has too are only counted. */
const print = (
  { type, message, frames, suppressed, cause }: Throwable,
  enclosing: ReadonlyArray<StackFrame> = [],
  caption = '',
  prefix = '',
): ReadonlyArray<string> => {
  let shared = 0
  while (
    shared < Math.min(frames.length, enclosing.length) &&
    JSON.stringify(frames[frames.length - 1 - shared]) ===
      JSON.stringify(enclosing[enclosing.length - 1 - shared])
  )
    shared++
  return [
    `${prefix}${caption}${type}: ${message}`,
    ...frames.slice(0, frames.length - shared).map((each) => `${prefix}\t${printFrame(each)}`),
    ...(shared === 0 ? [] : [`${prefix}\t... ${shared} more`]),
    ...suppressed.flatMap((each) => print(each, frames, 'Suppressed: ', `${prefix}\t`)),
    ...(cause === undefined ? [] : print(cause, frames, 'Caused by: ', prefix)),
  ]
}

const flat = (
  each: Throwable,
  start = 0,
  link: Pick<ParsedException, 'parent' | 'relation'> = {},
): ReadonlyArray<ParsedException> => {
  const found: Array<ParsedException> = [
    { type: each.type, value: each.message, frames: [...each.frames].reverse(), ...link },
  ]
  for (const inner of each.suppressed)
    found.push(...flat(inner, start + found.length, { parent: start, relation: 'suppressed' }))
  if (each.cause !== undefined)
    found.push(...flat(each.cause, start + found.length, { parent: start, relation: 'cause' }))
  return found
}

const parsed = (
  stacktrace: string,
  { type, message }: { readonly type?: string; readonly message?: string } = {},
): ReadonlyArray<ParsedException> => jvm.parse({ type, message, stacktrace, language: 'java' })

parse('gives back what was printed, whatever the message', () => {
  const message = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\t'))
  fc.assert(
    fc.property(throwable(2, message), (outermost) => {
      assert.equal(parsed(`${print(outermost).join('\n')}\n`, outermost), flat(outermost))
    }),
    { numRuns: 200 },
  )
})

parse('does not end a message at a frame when another message only starts like it', () => {
  const outermost: Throwable = {
    type: 'Outer',
    message: 'at a.b(C.java:1)\n\ta',
    frames: [],
    suppressed: [],
    cause: {
      type: 'Inner',
      message: 'inner at a.b(C.java:1)',
      frames: [
        { function: 'run', module: 'com.shop', filename: 'Shop.kt', lineno: 7, in_app: true },
      ],
      suppressed: [],
      cause: undefined,
    },
  }
  assert.equal(parsed(`${print(outermost).join('\n')}\n`, outermost), flat(outermost))
})

parse('reads every form of a frame', () => {
  const table: ReadonlyArray<readonly [string, StackFrame | undefined]> = [
    [
      'at java.base@17.0.9/java.lang.Thread.run(Thread.java:840) ~[?:?]',
      {
        function: 'run',
        module: 'java.lang.Thread',
        filename: 'Thread.java',
        lineno: 840,
        in_app: false,
      },
    ],
    [
      'at app/shop@1.2/a.B.<init>(B.java:3) [shop.jar:1.2] [2 skipped]',
      {
        function: '<init>',
        module: 'a.B',
        filename: 'B.java',
        lineno: 3,
        in_app: true,
      },
    ],
    [
      'at a.B$$Lambda/0x0000700001000a00.run(Unknown Source)',
      {
        function: 'run',
        module: 'a.B$$Lambda',
        in_app: true,
      },
    ],
    [
      'at a.B$$Lambda$1/1324119927.run(Unknown Source:12)',
      {
        function: 'run',
        module: 'a.B$$Lambda$1',
        lineno: 12,
        in_app: true,
      },
    ],
    ['at a.B.c(B.java:-1)', { function: 'c', module: 'a.B', filename: 'B.java', in_app: true }],
    [
      'at a.CartTest.adds (two) items(Cart.kt:7)',
      {
        function: 'adds (two) items',
        module: 'a.CartTest',
        filename: 'Cart.kt',
        lineno: 7,
        in_app: true,
      },
    ],
    ['at \b\b\b(Coroutine boundary.\b(\b)', undefined],
    ['at last, i.e. home (see the docs)', undefined],
  ]
  for (const [text, expected] of table) {
    const found = parsed(`a.E: m\n\t${text}\n\tat z.Z.z(Z.java:1)\n`, { type: 'a.E', message: 'm' })
    assert.equal(found[0]?.frames.slice(1), expected === undefined ? [] : [expected], text)
  }
})

parse('ends a cause where the wrapper ends, which has the text of the cause as its message', () => {
  const cause = 'a.Cause: one\n\tat not.A.frame(A.java:1)\ntwo'
  const found = parsed(`a.E: ${cause}\n\tat a.B.c(B.java:1)\nCaused by: ${cause}\n\t... 1 more\n`, {
    type: 'a.E',
    message: cause,
  })
  const frames = [{ function: 'c', module: 'a.B', filename: 'B.java', lineno: 1, in_app: true }]
  assert.equal(found, [
    { type: 'a.E', value: cause, frames },
    { type: 'a.Cause', value: cause.slice(9), frames, parent: 0, relation: 'cause' },
  ])
})

parse('distinguishes a frame of a suppressed exception from its message by the indentation', () => {
  const text =
    'a.E: m\n\tat a.B.c(B.java:1)\n\tSuppressed: a.S: s\n\tat no.No.no(No.java:1)\n\t\tat a.B.d(B.java:2)\n'
  const [, suppressed] = parsed(text, { type: 'a.E', message: 'm' })
  assert.equal(suppressed?.value, 's\n\tat no.No.no(No.java:1)')
  assert.is(suppressed?.frames.length, 1)
})

parse('reverses a trace that logback printed with the root cause first', () => {
  const text =
    'a.Root: r\n\tat a.B.c(B.java:2)\n\t... 1 common frames omitted\nWrapped by: a.E: m\n\tat a.B.d(B.java:1)\n'
  const found = parsed(text, { type: 'a.E', message: 'm' })
  assert.equal(
    found.map((each) => [each.type, each.value, each.frames.length, each.parent]),
    [
      ['a.E', 'm', 1, undefined],
      ['a.Root', 'r', 2, 0],
    ],
  )
})

parse('stops where another text follows, and limits the frames that `... n more` adds', () => {
  const trace = 'a.E: m\n\tat a.B.c(B.java:1)\n'
  assert.is(parsed(`${trace}Done.\n\tat a.B.c(B.java:1)\n`)[0]?.frames.length, 1)
  const bomb = `a.E: m\n${'\tat a.B.c(B.java:1)\n'.repeat(5000)}${'Caused by: a.E: m\n\t... 5000 more\n'.repeat(99)}`
  const found = parsed(bomb)
  assert.is(found.length, 50)
  assert.ok(found.reduce((sum, { frames }) => sum + frames.length, 0) <= 15_000)
})

parse('gives the attributes and no frames where the text has none', () => {
  assert.equal(parsed('', { type: 'a.E', message: 'm' }), [{ type: 'a.E', value: 'm', frames: [] }])
})

parse.run()
