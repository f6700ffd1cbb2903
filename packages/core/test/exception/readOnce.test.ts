import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import { readOnce } from '../../src/exception/readOnce.ts'
import type { ReadStack } from '../../src/exception/readStack.ts'
import * as Micros from '../../src/model/Micros.ts'

const exception: RecordedException.RecordedException = {
  ...RecordedException.ofAttributes({ 'exception.type': 'TypeError' }),
  key: '0',
  timeMicros: Micros.of(1),
  isFailure: true,
  spanName: 'work',
  language: undefined,
}

const reading = suite('readOnce')

reading('reads an exception once, and again after it forgot', () => {
  const results: Array<ReadStack> = []
  const { read, forget } = readOnce(() => {
    const result: ReadStack = { platform: 'other', exceptions: [], isWhole: true }
    results.push(result)
    return result
  })
  assert.is(read(exception), read(exception))
  assert.is(results.length, 1)
  assert.is.not(read({ ...exception }), results[0])
  forget()
  assert.is(read(exception), results[2])
})

reading.run()
