import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Source } from '../../src/Parser.ts'
import { parsers } from '../../src/parsers.ts'
import * as _ from '../../src/StackTrace.ts'
import { samples } from '../samples.ts'

const cached = suite('StackTrace.cached')

/** Samples whose frames are remembered come more often. */
const some = fc.oneof(
  fc.constantFrom(...samples),
  fc.constantFrom(
    ...samples.filter(({ name }) => /^(?:browser|dotnet|java|kotlin|mono|node|scala)/.test(name)),
  ),
)

/** The same stack below another message. */
const withMessage = (one: Source, message: string): Source =>
  one.message === undefined || one.message === ''
    ? one
    : { ...one, message, stacktrace: one.stacktrace.replaceAll(one.message, () => message) }

/** The lines of a sample, perhaps in another order, repeated, or indented. */
const source: fc.Arbitrary<Source> = fc
  .tuple(
    some,
    fc.constantFrom('whole', 'reversed', 'twice', 'indented'),
    fc.constantFrom(undefined, 'no', 'at pay (/srv/shop.js:3:7)', 'two\nlines'),
  )
  .map(([{ source: sample }, change, message]) => {
    const one = message === undefined ? sample : withMessage(sample, message)
    const lines = one.stacktrace.split('\n')
    const [head = '', ...rest] = lines
    const texts = {
      whole: lines,
      reversed: [head, ...rest.reverse()],
      twice: [...lines, ...lines],
      indented: lines.map((line) => `  ${line}`),
    }
    return { ...one, stacktrace: texts[change].join('\n') }
  })

/** The results of a function that has read nothing before. */
const parseFirst = (one: Source): _.StackTrace => _.parse(parsers.map((each) => ({ ...each })))(one)

cached('texts in any order give the same as each alone', () => {
  const parse = _.parse(parsers)
  fc.assert(
    fc.property(source, (one) => {
      assert.equal(parse(one), parseFirst(one))
      assert.equal(parse(one), parseFirst(one))
    }),
    { numRuns: 400 },
  )
})

cached('texts give the same when few lines are remembered', () => {
  const bounds = { lines: 3, characters: 200 }
  const parse = _.parse(parsers.map((one) => one.cached?.(bounds) ?? one))
  fc.assert(
    fc.property(source, (one) => {
      assert.equal(parse(one), parseFirst(one))
    }),
    { numRuns: 400 },
  )
})

cached('frames that are remembered are frozen, and one line gives one frame', () => {
  const parse = _.parse(parsers)
  const stacktrace = 'Error: no\n    at pay (/srv/shop.js:3:7)'
  const text = { type: 'Error', message: 'no', stacktrace, language: 'nodejs' }
  const [first, second] = [parse(text), parse(text)].map(
    ({ exceptions }) => exceptions[0]?.frames[0],
  )
  assert.ok(first !== undefined && Object.isFrozen(first))
  assert.is(first, second)
})

cached('equal stacks below other messages have one list of frames', () => {
  const parse = _.parse(parsers)
  const framesOf = (message: string) => {
    const stacktrace = `Error: ${message}\n    at pay (/srv/shop.js:3:7)\n    at run (/srv/shop.js:9:1)`
    const { exceptions, isWhole } = parse({
      type: 'Error',
      message,
      stacktrace,
      language: 'nodejs',
    })
    assert.ok(isWhole)
    assert.is(exceptions[0]?.value, message)
    return exceptions[0]?.frames
  }
  const [first, second, third] = ['one', 'two', 'three'].map(framesOf)
  assert.ok(first !== undefined && Object.isFrozen(first))
  assert.is(first.length, 2)
  assert.is(first, second)
  assert.is(first, third)
})

cached('a line that no frame holds is found below a stack that was read before', () => {
  const parse = _.parse(parsers)
  const frames = '\n    at pay (/srv/shop.js:3:7)'
  const isWhole = (stacktrace: string): boolean =>
    parse({ type: 'Error', message: 'no', stacktrace, language: 'nodejs' }).isWhole
  assert.ok(isWhole(`Error: no${frames}`))
  assert.ok(isWhole(`Error: no${frames}`))
  assert.not(isWhole(`Error: no${frames}\n    and something else`))
  assert.not(isWhole(`Error: something else${frames}`))
})

cached.run()
