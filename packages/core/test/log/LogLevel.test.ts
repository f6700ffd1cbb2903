import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/log/LogLevel.ts'

const ofSeverity = suite('LogLevel.ofSeverity')

/** For each number from 0 to 30. */
const LEVELS: ReadonlyArray<_.LogLevel> = [
  'info',
  ...(['trace', 'trace', 'trace', 'trace'] as const),
  ...(['debug', 'debug', 'debug', 'debug'] as const),
  ...(['info', 'info', 'info', 'info'] as const),
  ...(['warn', 'warn', 'warn', 'warn'] as const),
  ...(['error', 'error', 'error', 'error'] as const),
  ...(['fatal', 'fatal', 'fatal', 'fatal'] as const),
  ...(['info', 'info', 'info', 'info', 'info', 'info'] as const),
]

for (const [severity, level] of LEVELS.entries()) {
  ofSeverity(`${severity}: ${level}`, () => {
    assert.is(_.ofSeverity(severity), level)
  })
}

ofSeverity('gives info for any other number', () => {
  for (const other of [-1, 2 ** 32 - 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.is(_.ofSeverity(other), 'info')
  }
})

ofSeverity.run()

const isFirstOfLevel = suite('LogLevel.isFirstOfLevel')

isFirstOfLevel('holds for one number of each level, and for none that is of no level', () => {
  const first = LEVELS.flatMap((_level, severity) =>
    severity > 0 && _.isFirstOfLevel(severity) ? [severity] : [],
  )
  assert.equal(first, [1, 5, 9, 13, 17, 21])
})

isFirstOfLevel.run()
