import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import * as _ from '../../src/StackTrace.ts'
import { type Sample, samples } from '../samples.ts'

const framesOf = ({ source }: Sample, stacktrace: string): ReadonlyArray<StackFrame> =>
  _.parse(parsers)({ ...source, stacktrace }).exceptions.flatMap(({ frames }) => frames)

/** The identity of a call, without the column and the line of source, which a cut may remove. */
const callOf = (frame: StackFrame): string =>
  JSON.stringify([frame.function, frame.filename, frame.lineno])

const wordsOf = (text: string): ReadonlyArray<string> => text.match(/[\p{L}\p{N}_]+/gu) ?? []

/** Asserts that the text has every word of a frame's function and file, and its line. */
const assertIsIn = (text: string, frame: StackFrame, what: string): void => {
  const decoded = text.replace(/(?:%[0-9A-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
  const file = frame.filename === '<anonymous>' ? '' : (frame.filename ?? '')
  // Sentry's notations for a function without a name and for a lambda in C#, which no text has.
  const named = frame.function?.replace(/^<unknown>$| \{ <lambda> \}$/, '') ?? ''
  const given = `${named} ${file} ${frame.lineno ?? ''}`
  for (const word of wordsOf(given)) {
    const isArity = /^\d{1,2}$/.test(word) && frame.function?.endsWith(`/${word}`)
    if (!isArity)
      assert.ok(
        decoded.includes(word) || text.includes(word),
        `${what}: ${word} of ${callOf(frame)}`,
      )
  }
}

const cut = suite('parse of a cut text')

for (const sample of samples) {
  const text = sample.source.stacktrace
  const whole = new Set(framesOf(sample, text).map(callOf))
  const step = Math.max(1, Math.floor(text.length / 400))

  cut(`gives no call that ${sample.name} does not have`, () => {
    for (let end = 0; end < text.length; end += step) {
      const frames = framesOf(sample, text.slice(0, end))
      const strange = frames.filter((frame) => !whole.has(callOf(frame)))
      // The rest of the last call may have a shorter name or number.
      assert.ok(strange.length <= 1, `${end}: ${strange.map(callOf)}`)
      for (const frame of strange) assertIsIn(text.slice(0, end), frame, `${end}`)
    }
  })

  cut(`gives nothing that is not in the rest of ${sample.name}`, () => {
    for (let start = 0; start < text.length; start += step) {
      const rest = text.slice(start)
      for (const frame of framesOf(sample, rest)) assertIsIn(rest, frame, `${start}`)
    }
  })
}

cut.run()

const changed = suite('parse of a changed text')

for (const sample of samples) {
  const text = sample.source.stacktrace
  const whole = framesOf(sample, text)
  const known = new Set(whole.map(callOf))

  changed(`reads ${sample.name} with the line breaks of Windows as before`, () => {
    const frames = framesOf(sample, text.replaceAll(/\r?\n/g, '\r\n'))
    assert.equal(frames.map(callOf), whole.map(callOf))
  })

  changed(`invents nothing in ${sample.name} twice`, () => {
    for (const between of ['', '\n', '\n\n']) {
      const frames = framesOf(sample, text + between + text)
      const strange = frames.filter((frame) => !known.has(callOf(frame)))
      const isGlued = between === '' && !/\s$/.test(text)
      assert.ok(strange.length <= (isGlued ? 1 : 0), strange.map(callOf).join(', '))
    }
  })

  changed(`invents nothing in ${sample.name} with other indentation`, () => {
    const indented = text.replaceAll(/^/gm, '    ')
    const trimmed = text.replaceAll(/^[ \t]+/gm, '')
    for (const other of [indented, trimmed, text.trim(), `\ufeff${text}`])
      for (const frame of framesOf(sample, other))
        assert.ok(known.has(callOf(frame)), `${callOf(frame)} ${JSON.stringify(other)}`)
  })

  changed(`invents nothing in ${sample.name} joined with others`, () => {
    for (const other of samples.filter((_, at) => at % 7 === 0)) {
      const start = other.source.stacktrace
      const joined = start.slice(0, start.length / 2) + text.slice(text.length / 3)
      for (const frame of framesOf(sample, joined)) assertIsIn(joined, frame, other.name)
    }
  })
}

changed.run()
