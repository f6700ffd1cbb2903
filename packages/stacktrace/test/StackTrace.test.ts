import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ParsedException } from '../src/ParsedException.ts'
import { parsers } from '../src/parsers.ts'
import * as _ from '../src/StackTrace.ts'

const node = 'Error: x\n    at f (/srv/a.js:1:2)\n    at g (/srv/b.js:3:4)'
const python =
  'Traceback (most recent call last):\n  File "/srv/a.py", line 8, in f\n    g()\nKeyError: 1\n'
const source = { type: 'Error', message: 'x', stacktrace: node, language: 'nodejs' }

const parse = suite('parse')

parse('takes the platform of the language', () => {
  assert.is(_.parse(parsers)(source).platform, 'node')
  assert.is(_.parse(parsers)({ ...source, language: 'webjs' }).platform, 'javascript')
})

parse('uses the format of the text where no language is known', () => {
  assert.is(_.parse(parsers)({ ...source, language: undefined }).platform, 'node')
  const browser = 'Error: x\n    at f (http://h/a.js:1:2)'
  assert.is(
    _.parse(parsers)({ ...source, stacktrace: browser, language: undefined }).platform,
    'javascript',
  )
  assert.is(
    _.parse(parsers)({ ...source, stacktrace: python, language: undefined }).platform,
    'python',
  )
})

parse('uses the format of the text where the language is wrong', () => {
  const { platform, exceptions } = _.parse(parsers)({ ...source, stacktrace: python })
  assert.is(platform, 'python')
  assert.equal(
    exceptions.map(({ frames }) => frames.length),
    [1],
  )
})

parse('reads a text whose line breaks were escaped', () => {
  const { exceptions } = _.parse(parsers)({ ...source, stacktrace: node.replaceAll('\n', '\\n') })
  assert.equal(
    exceptions.map(({ frames }) => frames.length),
    [2],
  )
})

parse('gives the exception of the attributes where the text has no frames', () => {
  const { platform, exceptions } = _.parse(parsers)({
    ...source,
    stacktrace: 'nothing',
    language: 'cobol',
  })
  assert.is(platform, 'other')
  assert.equal(exceptions, [{ type: 'Error', value: 'x', frames: [] }])
})

parse('uses only the parsers that it is given, and of equals the first', () => {
  const none = _.parse([])(source)
  assert.equal(none, {
    platform: 'other',
    exceptions: [{ type: 'Error', value: 'x', frames: [] }],
    isWhole: false,
  })
  const own = {
    platform: 'own',
    languages: ['nodejs'],
    recognises: () => true,
    parse: () => [{ type: 'Own', value: '', frames: [{ function: 'f' }] }],
  }
  assert.is(_.parse([own, ...parsers])(source).platform, 'own')
  assert.is(_.parse([...parsers, own])(source).platform, 'node')
})

parse.run()

const frames = (count: number): ParsedException['frames'] =>
  Array.from({ length: count }, (_, at) => ({ function: `f${at}` }))

const limit = suite('limit')

limit('keeps the oldest and the newest calls and counts the others', () => {
  const { exceptions, omitted } = _.limit(4)([{ type: 'A', value: '', frames: frames(10) }])
  assert.is(omitted, 6)
  assert.equal(
    exceptions[0]?.frames.map((frame) => frame.function),
    ['f0', 'f1', 'f8', 'f9'],
  )
})

limit('keeps all of 100 calls', () => {
  const exceptions = [{ type: 'A', value: '', frames: frames(100) }]
  assert.equal(_.limit()(exceptions), { exceptions, omitted: 0 })
})

limit('keeps the newest call where only one is allowed', () => {
  const { exceptions, omitted } = _.limit(1)([{ type: 'A', value: '', frames: frames(3) }])
  assert.equal([exceptions[0]?.frames, omitted], [[{ function: 'f2' }], 2])
})

limit.run()
