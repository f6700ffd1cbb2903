import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as StackTrace from '../../src/StackTrace.ts'
import { limitLength } from '../../src/text/limitLength.ts'

const frames = (count: number): string =>
  Array.from({ length: count }, (_, at) => `\n    at f${at} (/srv/a.js:${at + 1}:1)`).join('')

const within = suite('within')

within('keeps a stack trace within the limits', () => {
  const source = { type: 'E', message: 'm', stacktrace: `E: m${frames(100)}`, language: 'nodejs' }
  assert.equal(limitLength(source), source)
})

within('keeps both ends of a runaway recursion, in whole lines', () => {
  const stacktrace = `E: m${frames(20_000)}`
  const { exceptions } = StackTrace.parse(parsers)({
    type: 'E',
    message: 'm',
    stacktrace,
    language: 'nodejs',
  })
  const read = exceptions[0]?.frames ?? []
  assert.is(read.at(-1)?.function, 'f0')
  assert.is(read[0]?.function, 'f19999')
  for (const frame of read) assert.is(frame.function, `f${(frame.lineno ?? 0) - 1}`)
})

within('finds the end of a message that is longer than the limit', () => {
  const message = `a${'\n    at fake (/srv/fake.js:1:2)'.repeat(20_000)}`
  const stacktrace = `E: ${message}${frames(3)}`
  const { exceptions } = StackTrace.parse(parsers)({
    type: 'E',
    message,
    stacktrace,
    language: 'nodejs',
  })
  assert.equal(
    exceptions[0]?.frames.map((frame) => frame.function),
    ['f2', 'f1', 'f0'],
  )
  assert.is(exceptions[0]?.value, message)
})

within.run()
