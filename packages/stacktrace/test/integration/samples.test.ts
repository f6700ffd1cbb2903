import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as _ from '../../src/StackTrace.ts'
import { samples } from '../samples.ts'

const parse = suite('parse')

for (const { name, source, expected } of samples) {
  parse(`reads ${name} as a person did`, () => {
    const { exceptions } = _.parse(parsers)(source)
    assert.equal(restrictTo(expected, exceptions), expected)
  })
}

parse('finds the format of each sample with frames without its language', () => {
  for (const { name, source } of samples) {
    const known = _.parse(parsers)(source)
    if (known.exceptions.every(({ frames }) => frames.length === 0)) continue
    assert.equal(_.parse(parsers)({ ...source, language: undefined }), known, name)
  }
})

parse('is given samples', () => assert.ok(samples.length > 0))

parse.run()

/** The parts of `value` that `expected` has: an expected parse leaves out the keys that it does not check. */
const restrictTo = (expected: unknown, value: unknown): unknown => {
  if (Array.isArray(expected) && Array.isArray(value))
    return value.map((item, at) => restrictTo(expected[at], item))
  if (!isRecord(expected) || !isRecord(value)) return value
  const kept = Object.keys(expected).filter((key) => key in value)
  return Object.fromEntries(kept.map((key) => [key, restrictTo(expected[key], value[key])]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
