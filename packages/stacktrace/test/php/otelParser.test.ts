import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/php/otelParser.ts'
import { type Call, calls, check, locationsOf, message, name, read, word } from '../print.ts'

const trap = '\tat nowhere(fake.php:3)'
const fun = fc.oneof(
  word,
  fc.tuple(name, name, word).map(([space, type, method]) => `${space}\\${type}::${method}`),
  fc.constantFrom(
    '{closure}',
    '{main}',
    'A\\B\\C::A\\B\\{closure}',
    'A\\B::{closure:A\\B::m():21}',
  ),
)

const baseOf = ({ file }: Call): string => file.slice(file.lastIndexOf('/') + 1)

const print = (type: string, value: string, stack: ReadonlyArray<Call>): string => {
  const lines = stack.map((call) => {
    const written = call.fun.replace('::', '.').replaceAll('\\', '.')
    return `\n\tat ${written}(${baseOf(call)}:${call.line})`
  })
  return `${type.replaceAll('\\', '.')}: ${value}${lines.join('')}`
}

const parser = suite('parser')

parser(
  "reads a chain that OpenTelemetry's SDK prints, with the frames that its members share",
  () => {
    const type = fc.tuple(name, name).map((names) => names.join('\\'))
    const stack = calls(fun, '.php')
    const causes = fc.array(fc.tuple(type, word, stack, fc.nat(6)), { maxLength: 3 })
    check(fc.tuple(type, message(trap), stack, causes), ([type, value, stack, causes]) => {
      let text = print(type, value, stack)
      const all = [stack]
      for (const [type, value, stack, wanted] of causes) {
        const above = all.at(-1) ?? []
        const shared = Math.min(wanted, above.length)
        text += `\nCaused by: ${print(type, value, stack)}${shared > 0 ? `\n\t... ${shared} more` : ''}`
        all.push([...stack, ...above.slice(above.length - shared)])
      }
      const parsed = read(_.phpOtel, type, text, value)
      assert.equal(
        parsed.map((exception) => [exception.type, exception.value, exception.parent]),
        [[type, value, undefined], ...causes.map(([type, value], at) => [type, value, at])],
      )
      assert.equal(
        parsed.map(locationsOf),
        all.map((each) => each.map((c) => [c.fun, baseOf(c), c.line, undefined])),
      )
    })
  },
)

const lines: ReadonlyArray<readonly [string, string, number | undefined]> = [
  ["dyn(main.php(36) : eval()'d code:1)", 'dyn', 36],
  ['array_map(Unknown Source)', 'array_map', undefined],
  ['class@anonymous\0/srv/a b.php:33$0.__invoke(a.php:33)', 'class@anonymous::__invoke', 33],
  ['{closure:/srv/main.php:25}(main.php:25)', '{closure:/srv/main.php:25}', 25],
]
for (const [line, fun, lineno] of lines) {
  parser(`reads ${JSON.stringify(line)}`, () => {
    const [frame] = read(_.phpOtel, 'E', `E: m\n\tat ${line}`, 'm')[0]?.frames ?? []
    assert.equal([frame?.function, frame?.lineno], [fun, lineno])
  })
}

parser('ends at a circular reference', () => {
  const text = 'E: m\n\tat f(a.php:1)\nCaused by: [CIRCULAR REFERENCE: E: m]'
  assert.is(read(_.phpOtel, 'E', text, 'm').length, 1)
})

parser.run()
