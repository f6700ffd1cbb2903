import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/php/otelParser.ts'
import { type Call, calls, check, message, name, placesOf, read, word } from '../print.ts'

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

const print = (type: string, said: string, made: ReadonlyArray<Call>): string => {
  const lines = made.map((call) => {
    const written = call.fun.replace('::', '.').replaceAll('\\', '.')
    return `\n\tat ${written}(${baseOf(call)}:${call.line})`
  })
  return `${type.replaceAll('\\', '.')}: ${said}${lines.join('')}`
}

const parser = suite('parser')

parser("reads a chain that OpenTelemetry's SDK prints, with what its members share", () => {
  const type = fc.tuple(name, name).map((names) => names.join('\\'))
  const made = calls(fun, '.php')
  const causes = fc.array(fc.tuple(type, word, made, fc.nat(6)), { maxLength: 3 })
  check(fc.tuple(type, message(trap), made, causes), ([type, said, made, causes]) => {
    let text = print(type, said, made)
    const all = [made]
    for (const [type, said, made, wanted] of causes) {
      const above = all.at(-1) ?? []
      const shared = Math.min(wanted, above.length)
      text += `\nCaused by: ${print(type, said, made)}${shared > 0 ? `\n\t... ${shared} more` : ''}`
      all.push([...made, ...above.slice(above.length - shared)])
    }
    const parsed = read(_.phpOtel, type, text, said)
    assert.equal(
      parsed.map((exception) => [exception.type, exception.value, exception.parent]),
      [[type, said, undefined], ...causes.map(([type, said], at) => [type, said, at])],
    )
    assert.equal(
      parsed.map(placesOf),
      all.map((each) => each.map((c) => [c.fun, baseOf(c), c.line, undefined])),
    )
  })
})

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

parser('ends at a circle', () => {
  const text = 'E: m\n\tat f(a.php:1)\nCaused by: [CIRCULAR REFERENCE: E: m]'
  assert.is(read(_.phpOtel, 'E', text, 'm').length, 1)
})

parser.run()
