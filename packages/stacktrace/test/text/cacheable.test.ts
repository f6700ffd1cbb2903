import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/cacheable.ts'

const cacheable = suite('cacheable')

const countingParser = () => {
  const reads: Array<string> = []
  const parser = _.cacheable(
    (line) => {
      reads.push(line)
      return { function: line }
    },
    (read) => ({
      platform: 'test',
      languages: [],
      recognises: () => true,
      parse: ({ stacktrace }) => [
        { type: '', value: '', frames: [read(stacktrace) ?? { function: '?' }] },
      ],
    }),
  )
  return { parser, reads }
}

const source = { type: undefined, message: undefined, stacktrace: 'a line', language: undefined }

cacheable('makes a parser that reads each line, and a cached one that reads it once', () => {
  const { parser, reads } = countingParser()
  const cached = parser.cached?.()
  assert.equal(cached?.parse(source), parser.parse(source))
  assert.equal(cached?.parse(source), parser.parse(source))
  assert.is(reads.length, 3)
})

cacheable('gives a copy with another function no cached form', () => {
  const copy = { ...countingParser().parser, parse: () => [] }
  assert.is(copy.cached, undefined)
})

cacheable.run()
