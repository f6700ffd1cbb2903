import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as _ from '../../src/sentry/ExceptionValue.ts'

const read = (facts: Partial<_.ChainFacts>): ReturnType<typeof _.ofParsed> =>
  _.ofParsed({ platform: 'node', handled: undefined, isSynthetic: false, ...facts })

const frames = (count: number): ReadonlyArray<StackFrame> =>
  Array.from({ length: count }, (_unused, i) => ({ function: `f${i}` }))

const ofParsed = suite('ExceptionValue.ofParsed')

ofParsed('puts the thrown exception last, with the ids counted from it', () => {
  const values = read({ handled: false })([
    { type: 'A', value: 'a', frames: frames(1) },
    { type: 'B', value: 'b', frames: [], parent: 0, relation: 'cause' },
    { type: 'C', value: 'c', frames: [], parent: 1, relation: 'suppressed' },
  ])
  assert.equal(values, [
    {
      type: 'C',
      value: 'c',
      mechanism: { type: 'suppressed', source: 'suppressed', exception_id: 2, parent_id: 1 },
    },
    {
      type: 'B',
      value: 'b',
      mechanism: { type: 'chained', source: 'cause', exception_id: 1, parent_id: 0 },
    },
    {
      type: 'A',
      value: 'a',
      stacktrace: { frames: frames(1) },
      mechanism: { type: 'generic', handled: false, exception_id: 0 },
    },
  ])
})

ofParsed('gives no ids to one exception', () => {
  const values = read({})([{ type: 'A', value: 'a', frames: [] }])
  assert.equal(values, [{ type: 'A', value: 'a', mechanism: { type: 'generic' } }])
})

ofParsed('marks what groups others', () => {
  const values = read({ handled: true })([
    { type: 'ExceptionGroup', value: '', frames: [] },
    { type: 'B', value: '', frames: [], parent: 0, relation: 'exceptions[0]' },
  ])
  assert.equal(
    values.map(({ mechanism }) => mechanism.is_exception_group),
    [undefined, true],
  )
})

ofParsed('separates the bare name of a type from its module where the platform does', () => {
  const name = (platform: string, type: string): unknown => {
    const [value] = read({ platform })([{ type, value: '', frames: [] }])
    return [value?.module, value?.type]
  }
  assert.equal(name('java', 'com.shop.Checkout$Refused'), ['com.shop', 'Checkout$Refused'])
  assert.equal(name('python', 'shop.payments.Declined'), ['shop.payments', 'Declined'])
  assert.equal(name('python', 'ValueError'), [undefined, 'ValueError'])
  assert.equal(name('ruby', 'Shop::Pay::Declined'), ['Shop::Pay', 'Shop::Pay::Declined'])
  assert.equal(name('node', 'a.b'), [undefined, 'a.b'])
  assert.equal(name('java', 'not a name. really'), [undefined, 'not a name. really'])
})

ofParsed('cuts what the server would cut, with its mark', () => {
  const [value] = read({})([{ type: 'T'.repeat(300), value: 'v'.repeat(9_000), frames: [] }])
  assert.equal([value?.type?.length, value?.value.length], [256, 8_192])
  assert.ok(value?.type?.endsWith('...') && value.value.endsWith('...'))
})

ofParsed('marks an exception that no program threw as synthetic', () => {
  const [value] = read({ isSynthetic: true })([{ type: 'A', value: '', frames: [] }])
  assert.equal(value?.mechanism, { type: 'generic', synthetic: true })
})

ofParsed.run()

const namesOf = suite('ExceptionValue.namesOf')

const NAMES: ReadonlyArray<
  readonly [
    platform: string,
    recorded: string,
    shown: string | undefined,
    names: ReadonlyArray<string>,
  ]
> = [
  ['node', 'Error', 'Error', ['Error']],
  ['node', 'ENOENT', 'Error', ['ENOENT', 'Error']],
  ['javascript', '20', 'AbortError', ['20', 'AbortError']],
  ['java', 'java.io.IOException', 'java.io.IOException', ['java.io.IOException', 'IOException']],
  ['java', 'IOException', 'java.io.IOException', ['IOException', 'java.io.IOException']],
  ['python', 'KeyError', 'KeyError', ['KeyError']],
  ['python', 'app.errors.NoCart', 'NoCart', ['app.errors.NoCart', 'NoCart']],
  ['ruby', 'Shop::Declined', 'Shop::Declined', ['Shop::Declined']],
  ['node', 'Error', undefined, ['Error', '']],
]

for (const [platform, recorded, shown, names] of NAMES) {
  namesOf(`${recorded} of ${platform}, shown as ${shown}`, () => {
    const exceptions = shown === undefined ? [] : [{ type: shown, value: '', frames: [] }]
    const exception = RecordedException.ofAttributes({ 'exception.type': recorded })
    const found = _.namesOf(
      {
        ...exception,
        key: '0',
        timeMicros: Micros.zero,
        isFailure: true,
        spanName: '',
        language: '',
      },
      { platform, exceptions, isWhole: true },
    )
    assert.equal([...found].sort(), [...names].sort())
  })
}

namesOf.run()
