import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/php/parser.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = '#0 /fake.php(3): nowhere()'
const fun = fc.oneof(
  word,
  fc.tuple(name, name, word).map(([space, type, method]) => `${space}\\${type}::${method}`),
  fc.constantFrom('{closure}', 'A\\B::{closure:A\\B::m():21}', '{closure:{closure:/a.php:2}:3}'),
)

const args = ['', "'a, b) -> c', Array", 'Object(Closure), 3']

/** The location of each call is in the line of the call before it, the location of the first in the header. */
const print = (type: string, value: string, stack: ReadonlyArray<Call>): string => {
  const [first] = stack
  const lines = stack.map(({ fun, line }, at) => {
    const caller = stack[at + 1]
    if (caller === undefined) return `#${at} {main}`
    const written = line % 2 ? fun.replace('::', '->') : fun
    const called = fun.startsWith('{') ? fun : written
    return `#${at} ${caller.file}(${caller.line}): ${called}(${args[line % 3]})`
  })
  return `${type}: ${value} in ${first?.file}:${first?.line}\nStack trace:\n${lines.join('\n')}`
}

const stack = calls(fun, '.php')
  .filter((each) => each.length > 0)
  .map((each) =>
    each.map((call, at) => (at === each.length - 1 ? { ...call, fun: '{main}' } : call)),
  )

const parser = suite('parser')

parser('reads a chain that PHP prints', () => {
  const previous = fc.array(fc.tuple(name, word, stack), { maxLength: 3 })
  check(fc.tuple(name, message(trap), stack, previous), ([type, value, stack, previous]) => {
    const blocks = [print(type, value, stack), ...previous.map((each) => print(...each))]
    const parsed = read(_.php, type, blocks.reverse().join('\n\nNext '), value)
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.parent]),
      [[type, value, undefined], ...previous.map(([type, value], at) => [type, value, at])],
    )
    assert.equal(
      parsed.map(locationsOf),
      [stack, ...previous.map(([, , stack]) => stack)].map((each) =>
        each.map((c) => [c.fun, c.file, c.line, undefined]),
      ),
    )
  })
})

parser('gives evaluated code the location of the call of eval', () => {
  const text = `Exception: m in /a.php(12) : eval()'d code(1) : eval()'d code:1
Stack trace:
#0 /a.php(12) : eval()'d code(1): eval()
#1 /a.php(12): eval()
#2 {main}`
  assert.equal(locationsOf(read(_.php, 'Exception', text, 'm')[0]), [
    ['eval', '/a.php', 12, undefined],
    ['eval', '/a.php', 12, undefined],
    ['{main}', '/a.php', 12, undefined],
  ])
})

parser('gives internal functions no location', () => {
  const text =
    'E: m in /a.php:1\nStack trace:\n#0 [internal function]: f()\n#1 /a.php(2): array_map()\n#2 {main}'
  assert.equal(locationsOf(read(_.php, 'E', text, 'm')[0]), [
    ['f', '/a.php', 1, undefined],
    ['array_map', undefined, undefined, undefined],
    ['{main}', '/a.php', 2, undefined],
  ])
})

parser.run()

const twice = suite('php: messages')

twice('a message of several lines may look like a second exception', () => {
  const message =
    'first\nStack trace:\n#0 /srv/fake.php(1): fake()\n#1 {main}\n\nNext Fake: b in /srv/fake.php:2\nend'
  const stacktrace = `Shop\\Declined: ${message} in /srv/shop.php:7\nStack trace:\n#0 /srv/main.php(9): Shop\\pay()\n#1 {main}`
  const [exception, ...others] = _.php.parse({
    type: 'Shop\\Declined',
    message,
    stacktrace,
    language: 'php',
  })
  assert.equal(others, [])
  assert.is(exception?.value, message)
  assert.equal(
    exception?.frames.map(({ function: name, lineno }) => [name, lineno]),
    [
      ['{main}', 9],
      ['Shop\\pay', 7],
    ],
  )
})

twice.run()
