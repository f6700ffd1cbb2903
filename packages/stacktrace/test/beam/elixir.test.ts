import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/beam/elixir.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = '    (stdlib 1.0) fake.ex:1: Fake.fun/0'
const fun = fc.oneof(
  fc.tuple(name, name, word).map(([outer, inner, fun]) => `${outer}.${inner}.${fun}/2`),
  word.map((fun) => `:erl_eval.${fun}/7`),
  name.map((module) => `anonymous fn/1 in ${module}.run/0`),
  fc.constantFrom('Enum."-map/2-lists^map/1-0-"/2', 'Shop.charge!/1', ':erlang.+/2'),
)

const print = ({ fun, file, line, column }: Call): string =>
  `    ${column % 2 ? '(shop 0.3.1) ' : ''}${file}:${line}: ${fun}\n`

const frames = (stack: ReadonlyArray<Call>): string => stack.map(print).join('')

const expected = (stack: ReadonlyArray<Call>): ReadonlyArray<unknown> =>
  stack.map((c) => [c.fun, c.file, c.line, undefined])

const parser = suite('parser')

parser('reads what Exception.format_stacktrace prints', () => {
  check(fc.tuple(name, message(trap), calls(fun, '.ex')), ([type, value, stack]) => {
    const [exception] = read(_.elixir, `Elixir.${type}`, frames(stack), value)
    assert.equal([exception?.type, exception?.value], [type, value])
    assert.equal(locationsOf(exception), expected(stack))
  })
})

parser('reads what Exception.format prints, its message known or not', () => {
  check(fc.tuple(name, message(trap), calls(fun, '.ex')), ([type, value, stack]) => {
    const text = `** (${type}) ${value}\n${frames(stack)}`
    const [known] = read(_.elixir, ':error', text, value)
    assert.equal([known?.type, known?.value], [type, value])
    assert.equal(locationsOf(known), expected(stack))
    const [unknown] = read(_.elixir, ':error', `** (${type}) ${value}\nend\n${frames(stack)}`, '')
    assert.equal([unknown?.type, unknown?.value], [type, `${value}\nend`])
    assert.equal(locationsOf(unknown), expected(stack))
  })
})

parser('reads the exception that ended another process', () => {
  const both = fc.tuple(name, word, calls(fun, '.ex'), calls(fun, '.ex'))
  check(both, ([type, value, outer, inner]) => {
    const nested = inner.map((call) => `        ${print(call)}`).join('')
    const text = `** (exit) exited in: GenServer.call(:x, :y, 5000)
    ** (EXIT) an exception was raised:
        ** (${type}) ${value}
${nested}${frames(outer)}`
    const parsed = read(_.elixir, ':exit', text, '')
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.relation]),
      [
        ['exit', 'exited in: GenServer.call(:x, :y, 5000)', undefined],
        [type, value, 'exit'],
      ],
    )
    assert.equal(parsed.map(locationsOf), [expected(outer), expected(inner)])
  })
})

const lines: ReadonlyArray<readonly [string, string | undefined]> = [
  ['e.exs:9: L.fc(%{b: "x) y, z", c: {1, 2}})', 'L.fc/1'],
  ['Foo.bar(1, [2, "a, b"])', 'Foo.bar/2'],
  ['Foo.bar()', 'Foo.bar/0'],
  ['e.exs:9: anonymous fn(1, 2) in L.fc/0', 'anonymous fn/2 in L.fc/0'],
  ['e.exs:11: (file)', '(file)'],
  ['* 1st argument: not an integer', undefined],
  ['(see below) at 10:30: nothing', undefined],
]
for (const [line, fun] of lines) {
  parser(`reads "${line}"`, () => {
    assert.is(read(_.elixir, 'E', `    ${line}\n`, 'm')[0]?.frames[0]?.function, fun)
  })
}

parser.run()
