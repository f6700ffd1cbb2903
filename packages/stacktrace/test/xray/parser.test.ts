import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as StackTrace from '../../src/StackTrace.ts'

const xray = suite('xray')

const stacktrace =
  'Declined: no funds\n\tat total(src/cart.py: 12)\n\tat main(lib/vendor/run.py: 30)\n'

for (const language of ['python', 'nodejs', 'dotnet', 'php', 'ruby', 'go', undefined]) {
  xray(`reads the calls where the language is ${language}`, () => {
    const source = { type: 'Declined', message: 'no funds', stacktrace, language }
    const { exceptions, isWhole } = StackTrace.parse(parsers)(source)
    assert.equal(exceptions, [
      {
        type: 'Declined',
        value: 'no funds',
        frames: [
          { function: 'main', filename: 'lib/vendor/run.py', lineno: 30, in_app: false },
          { function: 'total', filename: 'src/cart.py', lineno: 12, in_app: true },
        ],
      },
    ])
    assert.ok(isWhole)
  })
}

xray('reads the calls of Java with their classes', () => {
  const text = 'Declined: no funds\n\tat shop.Cart.total(Cart.java: 12)\n'
  const source = { type: 'Declined', message: 'no funds', stacktrace: text, language: 'java' }
  const [exception] = StackTrace.parse(parsers)(source).exceptions
  assert.equal(exception?.frames, [
    { function: 'total', module: 'shop.Cart', filename: 'Cart.java', lineno: 12, in_app: true },
  ])
})

xray.run()
