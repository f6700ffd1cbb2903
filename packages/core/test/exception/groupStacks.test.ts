import { parsers } from '@sentry-exporter/stacktrace/parsers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupStacks } from '../../src/exception/groupStacks.ts'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Micros from '../../src/model/Micros.ts'

const groups = (...stacks: ReadonlyArray<string>): ReadonlyArray<number> =>
  groupStacks(parsers)(
    stacks.map((stack) => ({
      ...RecordedException.ofAttributes({
        'exception.type': 'Error',
        'exception.message': 'no',
        'exception.stacktrace': stack,
      }),
      key: '0',
      timeMicros: Micros.zero,
      isFailure: true,
      spanName: 'work',
      language: 'nodejs',
    })),
  )

const stack = (...calls: ReadonlyArray<string>): string =>
  ['Error: no', ...calls.map((call) => `    at ${call} (/srv/${call}.js:1:1)`)].join('\n')

const group = suite('groupStacks')

group('equal stacks are one group', () => {
  assert.equal(groups(stack('a', 'b'), stack('a', 'b')), [0, 0])
})

group('a stack and its newest part are one group, whichever comes first', () => {
  const [whole, part, other] = [stack('a', 'b', 'c'), stack('a', 'b'), stack('b', 'c')]
  const [first, second, third] = groups(whole, part, other)
  assert.is(first, second)
  assert.is.not(first, third)
  const [fourth, fifth] = groups(part, whole)
  assert.is(fourth, fifth)
})

group('each exception without a stack is a group of its own', () => {
  assert.is(new Set(groups('', '', '')).size, 3)
})

group('texts without frames are compared as they are', () => {
  const [first, second, third] = groups('no frames', 'no frames', 'others')
  assert.is(first, second)
  assert.is.not(first, third)
})

group.run()
