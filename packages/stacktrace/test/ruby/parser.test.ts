import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/ruby/parser.ts'
import { type Call, calls, check, message, name, placesOf, read, word } from '../print.ts'

const trap = "\tfrom fake.rb:3:in `nowhere'"
const fun = fc.oneof(
  word,
  word.map((label) => `block (2 levels) in ${label}`),
  fc.constantFrom('<main>', 'rescue in pay', 'JSON.parse', 'block in Shop::Cart#total'),
)

const place = ({ fun, file, line, column }: Call): string =>
  `${file}:${line}:in ${column % 2 ? '`' : "'"}${fun}'`

const print = (type: string, said: string, made: ReadonlyArray<Call>): string => {
  const [first = '', ...rest] = said.split('\n')
  const head = `${made.slice(0, 1).map(place)}: ${first} (${type})`
  const from = made.slice(1).map((call) => `\tfrom ${place(call)}`)
  return `${[head, ...rest, ...from].join('\n')}\n`
}

const made = calls(fun, '.rb').filter((each) => each.length > 0)

const parser = suite('parser')

parser('reads a chain that Ruby prints', () => {
  const type = fc.tuple(name, name).map(([outer, inner]) => `${outer}::${inner}`)
  const causes = fc.array(fc.tuple(type, word, made), { maxLength: 3 })
  check(fc.tuple(type, message(trap), made, causes), ([type, said, made, causes]) => {
    const text = print(type, said, made) + causes.map((each) => print(...each)).join('')
    const parsed = read(_.ruby, type, text, said)
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.parent]),
      [[type, said, undefined], ...causes.map(([type, said], at) => [type, said, at])],
    )
    assert.equal(
      parsed.map(placesOf),
      [made, ...causes.map(([, , made]) => made)].map((each) =>
        each.map((c) => [c.fun, c.file, c.line, undefined]),
      ),
    )
  })
})

parser('finds the end of a message that lost what is not ASCII', () => {
  const said = `m äß支\n${trap}`
  const text =
    "/a.rb:1:in `f': m ??????? (E)\n\tfrom fake.rb:3:in `nowhere'\n\tfrom /a.rb:2:in `g'\n"
  const [exception] = read(_.ruby, 'E', text.replaceAll('?', '\ufffd'), said)
  assert.is(exception?.value, said)
  assert.equal(
    exception?.frames.map((frame) => frame.function),
    ['g', 'f'],
  )
})

parser('takes the class off the label', () => {
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

parser('reads callers that stand above the header', () => {
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

parser('reads a backtrace that was joined', () => {
  const [exception] = read(_.ruby, 'E', "/a.rb:1:in `f'\n/a.rb:2:in `g'", 'm')
  assert.equal(
    exception?.frames.map((frame) => frame.function),
    ['g', 'f'],
  )
})

parser.run()
