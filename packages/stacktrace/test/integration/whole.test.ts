import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as _ from '../../src/StackTrace.ts'
import { samples } from '../samples.ts'

const whole = suite('StackTrace.isWhole')

const parse = _.parse(parsers)

whole('holds for most samples', () => {
  const kept = samples.filter(({ source }) => parse(source).isWhole)
  assert.ok(kept.length / samples.length > 0.85, `${kept.length} of ${samples.length}`)
})

const JUNK = [
  'a line of junk',
  'lost context: tenant 7',
  '--- the native part ---',
  'at the end of the day',
]

whole('does not hold for a text with a line that no exception has', () => {
  const sample = fc.constantFrom(...samples)
  const junk = fc.constantFrom(...JUNK)
  fc.assert(
    fc.property(sample, junk, fc.nat(), ({ source }, line, place) => {
      const lines = source.stacktrace.split('\n')
      lines.splice(place % (lines.length + 1), 0, line)
      const { exceptions, isWhole } = parse({ ...source, stacktrace: lines.join('\n') })
      const isShown = exceptions.some(
        ({ value, frames }) =>
          value.includes(line) || frames.some((frame) => frame.context_line?.includes(line)),
      )
      assert.ok(isShown || !isWhole)
    }),
    { numRuns: 500 },
  )
})

whole('does not hold for two texts of which one was read', () => {
  const sample = fc.constantFrom(...samples.filter(({ source }) => parse(source).isWhole))
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const stacktrace = `${a.source.stacktrace}\n--- End of managed stack trace ---\n${b.source.stacktrace}`
      const { exceptions, isWhole } = parse({ ...a.source, stacktrace })
      if (!isWhole) return
      // Each location of both must be in a frame or a message.
      const known = new Set(exceptions.flatMap(({ frames }) => frames.map(({ lineno }) => lineno)))
      const values = exceptions.map(({ value }) => value).join('\n')
      for (const { source } of [a, b]) {
        for (const { frames } of parse(source).exceptions) {
          for (const { lineno } of frames) {
            assert.ok(known.has(lineno) || values.includes(String(lineno)), `${a.name} ${b.name}`)
          }
        }
      }
    }),
    { numRuns: 500 },
  )
})

whole.run()
