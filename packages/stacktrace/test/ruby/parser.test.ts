import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/ruby/parser.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = "\tfrom fake.rb:3:in `nowhere'"
const fun = fc.oneof(
  word,
  word.map((label) => `block (2 levels) in ${label}`),
  fc.constantFrom('<main>', 'rescue in pay', 'JSON.parse', 'block in Shop::Cart#total'),
)

const location = ({ fun, file, line, column }: Call): string =>
  `${file}:${line}:in ${column % 2 ? '`' : "'"}${fun}'`

const print = (type: string, value: string, stack: ReadonlyArray<Call>): string => {
  const [first = '', ...rest] = value.split('\n')
  const head = `${stack.slice(0, 1).map(location)}: ${first} (${type})`
  const from = stack.slice(1).map((call) => `\tfrom ${location(call)}`)
  return `${[head, ...rest, ...from].join('\n')}\n`
}

const stack = calls(fun, '.rb').filter((each) => each.length > 0)

const parser = suite('parser')

parser('reads a chain that Ruby prints', () => {
  const type = fc.tuple(name, name).map(([outer, inner]) => `${outer}::${inner}`)
  const causes = fc.array(fc.tuple(type, word, stack), { maxLength: 3 })
  check(fc.tuple(type, message(trap), stack, causes), ([type, value, stack, causes]) => {
    const text = print(type, value, stack) + causes.map((each) => print(...each)).join('')
    const parsed = read(_.ruby, type, text, value)
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.parent]),
      [[type, value, undefined], ...causes.map(([type, value], at) => [type, value, at])],
    )
    assert.equal(
      parsed.map(locationsOf),
      [stack, ...causes.map(([, , stack]) => stack)].map((each) =>
        each.map((c) => [c.fun, c.file, c.line, undefined]),
      ),
    )
  })
})

parser('finds the end of a message that lost characters that are not ASCII', () => {
  const value = `m äß支\n${trap}`
  const text =
    "/a.rb:1:in `f': m ??????? (E)\n\tfrom fake.rb:3:in `nowhere'\n\tfrom /a.rb:2:in `g'\n"
  const [exception] = read(_.ruby, 'E', text.replaceAll('?', '\ufffd'), value)
  assert.is(exception?.value, value)
  assert.equal(
    exception?.frames.map((frame) => frame.function),
    ['g', 'f'],
  )
})

parser('divides the class and the method of a label', () => {
  const text = "/a.rb:1:in 'Shop::Cart#total': m (E)\n"
  const [frame] = read(_.ruby, 'E', text, 'm')[0]?.frames ?? []
  assert.equal([frame?.module, frame?.function], ['Shop::Cart', 'total'])
})

const headers: ReadonlyArray<readonly [string, string, string]> = [
  ["/a.rb:1:in `f': unhandled exception", 'RuntimeError', ''],
  ["/a.rb:1:in `f': ArgumentError", 'ArgumentError', ''],
  ["/a.rb:1:in `f': a: b (c) (KeyError)", 'KeyError', 'a: b (c)'],
]
for (const [header, type, value] of headers) {
  parser(`reads the header "${header}"`, () => {
    const [exception] = read(_.ruby, undefined, `${header}\n\tfrom /a.rb:2:in \`g'\n`)
    assert.equal([exception?.type, exception?.value], [type, value])
    assert.is(exception?.frames.length, 2)
  })
}

parser('reads callers above the header', () => {
  const text = `Traceback (most recent call last):
\t2: from /a.rb:3:in \`<main>'
\t1: from /a.rb:2:in \`g'
/a.rb:1:in \`f': m (E)
`
  const [exception] = read(_.ruby, 'E', text, 'm')
  assert.equal(
    exception?.frames.map((frame) => frame.function),
    ['<main>', 'g', 'f'],
  )
})

parser('reads the text of backtrace.join', () => {
  const [exception] = read(_.ruby, 'E', "/a.rb:1:in `f'\n/a.rb:2:in `g'", 'm')
  assert.equal(
    exception?.frames.map((frame) => frame.function),
    ['g', 'f'],
  )
})

parser.run()
