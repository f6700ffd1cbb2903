import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/python/parser.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = '  File "fake.py", line 3, in nowhere'
const fun = fc.oneof(word, fc.constantFrom('<module>', '<lambda>', '<listcomp>'))
const CAUSE = 'The above exception was the direct cause of the following exception:'
const CONTEXT = 'During handling of the above exception, another exception occurred:'

const printCall = ({ fun, file, line, column }: Call): string =>
  `  File "${file}", line ${line}, in ${fun}\n${column % 2 ? `    x = f(${line})\n        ~^^^\n` : ''}`

/** Python prints the oldest call first; the calls of the properties are the newest first. */
const print = (type: string, value: string, stack: ReadonlyArray<Call>): string =>
  `Traceback (most recent call last):\n${[...stack].reverse().map(printCall).join('')}${type}: ${value}\n`

const parser = suite('parser')

parser('reads a chain that Python prints', () => {
  const error = fc.tuple(name, word, calls(fun, '.py'), fc.constantFrom(CAUSE, CONTEXT))
  const chain = fc.array(error, { minLength: 1, maxLength: 4 })
  check(fc.tuple(chain, message(trap)), ([[outermost, ...causes], value]) => {
    const [type = '', , stack = []] = outermost ?? []
    const inner = causes.map(
      ([type, value, stack, sentence]) => `${print(type, value, stack)}\n${sentence}\n\n`,
    )
    const text = inner.reverse().join('') + print(type, value, stack)
    const parsed = read(_.python, type, text, value)
    assert.equal(
      parsed.map((exception) => [
        exception.type,
        exception.value,
        exception.parent,
        exception.relation,
      ]),
      [
        [type, value, undefined, undefined],
        ...causes.map(([type, value, , sentence], at) => [
          type,
          value,
          at,
          sentence === CAUSE ? '__cause__' : '__context__',
        ]),
      ],
    )
    assert.equal(
      parsed.map(locationsOf),
      [stack, ...causes.map(([, , stack]) => stack)].map((each) =>
        each.map((c) => [c.fun, c.file, c.line, undefined]),
      ),
    )
  })
})

interface Tree {
  readonly type: string
  readonly value: string
  readonly stack: ReadonlyArray<Call>
  readonly members: ReadonlyArray<Tree>
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    type: name,
    value: word,
    stack: calls(fun, '.py'),
    members: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    ),
  }),
}))

const printTree = ({ type, value, stack, members }: Tree, depth: number): string => {
  const isGroup = members.length > 0
  const isTop = isGroup && depth === 0
  const level = isTop ? 1 : depth
  const pad = '  '.repeat(level)
  const lines = print(type, value, stack).split('\n').slice(0, -1)
  if (isGroup) lines[0] = `Exception Group ${lines[0]}`
  const margin = (text: string, at: number): string =>
    level === 0 ? `${text}\n` : `${pad}${isTop && at === 0 ? '+' : '|'} ${text}\n`
  const inside = members.map(
    (member, at) =>
      `${pad}${at === 0 ? '+-' : '  '}+---------------- ${at + 1} ----------------\n${printTree(member, level + 1)}`,
  )
  // CPython closes a list of members once, below the last of the innermost.
  const lastIsGroup = (members.at(-1)?.members.length ?? 0) > 0
  const closing = isGroup && !lastIsGroup ? `${pad}  +${'-'.repeat(36)}\n` : ''
  return lines.map(margin).join('') + inside.join('') + closing
}

parser('reads the groups that Python prints', () => {
  check(tree, (outermost) => {
    const flat: Array<unknown> = []
    const locations: Array<unknown> = []
    const walk = ({ type, value, stack, members }: Tree, link: ReadonlyArray<unknown>): void => {
      const parent = flat.push([type, value, ...link]) - 1
      locations.push(stack.map((c) => [c.fun, c.file, c.line, undefined]))
      members.forEach((member, at) => {
        walk(member, [parent, `exceptions[${at}]`])
      })
    }
    walk(outermost, [undefined, undefined])
    const parsed = read(_.python, outermost.type, printTree(outermost, 0), outermost.value)
    const expected = flat.slice(0, 50)
    assert.equal(
      parsed.map(({ type, value, parent, relation }) => [type, value, parent, relation]),
      expected,
    )
    assert.equal(parsed.map(locationsOf), locations.slice(0, 50))
  })
})

parser('keeps the line of source, without its markers', () => {
  const text = `Traceback (most recent call last):
  File "/a.py", line 1, in f
    return g(
        x,
    )
    ~^^^^
  [Previous line repeated 12 more times]
E: m
`
  const [frame] = read(_.python, 'E', text, 'm')[0]?.frames ?? []
  assert.is(frame?.context_line, 'return g(')
})

parser('leaves notes out of a known message', () => {
  const text = 'Traceback (most recent call last):\n  File "/a.py", line 1, in f\nE: m\nnote\n'
  assert.is(read(_.python, 'E', text, 'm')[0]?.value, 'm')
  assert.is(read(_.python, 'E', text)[0]?.value, 'm\nnote')
})

parser('gives the exception of the attributes where the text ends before it', () => {
  const text = `${print('Inner', 'm', [{ fun: 'f', file: '/a.py', line: 1, column: 0 }])}\n${CAUSE}\n\n`
  assert.equal(
    read(_.python, 'Outer', text, 'said').map(({ type, value, relation }) => [
      type,
      value,
      relation,
    ]),
    [
      ['Outer', 'said', undefined],
      ['Inner', 'm', '__cause__'],
    ],
  )
})

parser.run()
