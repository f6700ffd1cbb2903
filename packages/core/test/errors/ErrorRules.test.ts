import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/errors/ErrorRules.ts'

const ignores = suite('ErrorRules.ignores')

const ignored = (
  type: string,
  message: string,
  ignoreErrors: _.ErrorRules['ignoreErrors'] = _.CONTROL_FLOW,
): boolean => _.ignores({ ..._.defaults, ignoreErrors }, { type, message })

ignores('knows the exceptions used as control flow', () => {
  for (const [type, message] of [
    ['Error', 'NEXT_REDIRECT'],
    ['Error', 'NEXT_REDIRECT;replace;/login;307;'],
    ['Error', 'NEXT_NOT_FOUND'],
    ['Error', 'NEXT_HTTP_ERROR_FALLBACK;404'],
    ['AbortError', 'This operation was aborted'],
    ['asyncio.exceptions.CancelledError', ''],
    ['*errors.errorString', 'context canceled'],
  ] as const) {
    assert.ok(ignored(type, message), `${type}: ${message}`)
  }
})

ignores('does not match exceptions that only mention them', () => {
  for (const [type, message] of [
    ['Error', 'could not follow NEXT_REDIRECT'],
    ['MyAbortError', ''],
    ['Error', 'the context canceled the rest'],
    ['', ''],
  ] as const) {
    assert.not.ok(ignored(type, message), `${type}: ${message}`)
  }
})

ignores('a text is all of a type or message, an expression is found in either', () => {
  assert.ok(ignored('Flaky', 'x', ['Flaky']))
  assert.not.ok(ignored('FlakyError', 'x', ['Flaky']))
  const flaky = /flaky/gi
  for (let n = 0; n < 3; n++) assert.ok(ignored('Error', 'a flaky thing', [flaky]))
  assert.not.ok(ignored('AbortError', '', []))
})

ignores.run()

const make = suite('ErrorRules.make')

make('has the default of each rule that is not given', () => {
  const rules = _.make({ parsers: [], errors: 'all' })
  assert.equal(rules, { ..._.defaults, parsers: [], errors: 'all' })
})

make.run()
