/** The tests that every parser must pass: the samples of its languages, and mangled and hostile texts. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ParsedException } from '../src/ParsedException.ts'
import type { Parser } from '../src/Parser.ts'
import type { StackFrame } from '../src/StackFrame.ts'
import { isLinear } from './growth.ts'
import { samples } from './samples.ts'

// model

/** Makes a text of about `length` characters that could break a regular expression. */
export type Hostile = (length: number) => string

// constructors

export const repeat =
  (part: string, before = '', after = ''): Hostile =>
  (length) =>
    before + part.repeat(Math.ceil(length / part.length)) + after

// running

/** Declares the suites of one parser and of the samples of its languages. */
export const contract = (
  parser: Parser,
  languages: ReadonlyArray<string>,
  hostile: ReadonlyArray<Hostile>,
): void => {
  const own = samples.filter(({ name }) => languages.includes(name.split('/')[0] ?? ''))

  const sampled = suite(`${languages.join(', ')}: samples`)
  for (const { name, source, expected } of own) {
    sampled(`${name} parses as its expected file says, and is recognised`, () => {
      const parsed = parser.parse(source)
      assert.equal(narrowed(parsed, expected), expected)
      if (framesOf(parsed).length > 0) assert.ok(parser.recognises(source.stacktrace), 'recognised')
    })
  }
  sampled.run()

  const mangled = suite(`${languages.join(', ')}: mangled text`)
  for (const { name, source } of own) {
    const frames = framesOf(parser.parse(source))
    const belongs = (stacktrace: string): void => {
      for (const frame of framesOf(parser.parse({ ...source, stacktrace }))) {
        const isKnown = frames.some((whole) => isCutOf(frame, whole))
        assert.ok(isKnown, `${JSON.stringify(frame)} out of\n${stacktrace}`)
      }
    }
    mangled(
      `${name} cut anywhere or doubled gives frames of the whole text, one of them cut`,
      () => {
        for (let end = 0; end < source.stacktrace.length; end++) {
          belongs(source.stacktrace.slice(0, end))
        }
        belongs(source.stacktrace + source.stacktrace)
        belongs(`${source.stacktrace}\r\n${source.stacktrace}`)
      },
    )
    mangled(`${name} spliced, re-indented or cut up gives no frame of its own making`, () => {
      for (const stacktrace of manglings(source.stacktrace)) {
        for (const frame of framesOf(parser.parse({ ...source, stacktrace }))) {
          for (const part of partsOf(frame)) {
            assert.ok(stacktrace.includes(part), `${part} is not in\n${stacktrace}`)
          }
        }
      }
    })
    mangled(`${name} with CRLF is parsed as with LF`, () => {
      const stacktrace = source.stacktrace.replaceAll('\n', '\r\n')
      assert.equal(framesOf(parser.parse({ ...source, stacktrace })), frames)
    })
    mangled(`${name} indented by two more blanks gives the same frames`, () => {
      const stacktrace = source.stacktrace.replaceAll(/^(?=.)/gm, '  ')
      assert.equal(framesOf(parser.parse({ ...source, stacktrace })), frames)
    })
  }
  mangled.run()

  const time = suite(`${languages.join(', ')}: hostile text`)
  for (const make of hostile) {
    const title = JSON.stringify(make(1).slice(0, 60))
    time(`${title} takes time in proportion to its length, in one line and in many`, () => {
      assert.ok(isLinear((length) => reading(parser, make(length))))
      assert.ok(isLinear((length) => reading(parser, `${make(2500)}\n`.repeat(length / 2500))))
      assert.ok(isLinear((length) => reading(parser, `${make(500)}\n`.repeat(length / 500))))
    })
  }
  time.run()
}

const framesOf = (parsed: ReadonlyArray<ParsedException>): ReadonlyArray<StackFrame> =>
  parsed.flatMap(({ frames }) => frames)

/** The actual value with only the keys that the expected one has. */
const narrowed = (actual: unknown, expected: unknown): unknown => {
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, i) => narrowed(item, expected[i]))
  if (!isRecord(actual) || !isRecord(expected)) return actual
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, narrowed(actual[key], expected[key])]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCutOf = (frame: StackFrame, whole: StackFrame): boolean => {
  const entries = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(frame).every(
    ([key, value]) => key === 'in_app' || String(entries.get(key) ?? '').startsWith(String(value)),
  )
}

const manglings = (text: string): ReadonlyArray<string> => {
  const lines = text.split('\n')
  const third = Math.floor(text.length / 3)
  return [
    text.replaceAll(/^\s+/gm, ''),
    text.replaceAll(/^\s*/gm, '        '),
    text.replaceAll('\t', '    '),
    text.replaceAll('\n', ' '),
    text.replaceAll(' ', ''),
    text.replaceAll('(', ''),
    text.slice(third),
    text.slice(0, 2 * third) + text.slice(third),
    text.slice(third) + text.slice(0, third),
    [...lines].reverse().join('\n'),
    lines.filter((_, i) => i % 2 === 0).join('\n'),
    lines.map((line, i) => line.slice(i % 7)).join('\n'),
    lines.map((line) => line.slice(0, line.length / 2)).join('\n'),
    lines.map((line) => line + line).join('\n'),
  ]
}

/** The words of a frame that must be in the text. */
const partsOf = ({ filename, lineno, ...frame }: StackFrame): ReadonlyArray<string> => [
  ...(/[\w$]+/.exec(frame.function === '<unknown>' ? '' : (frame.function ?? '')) ?? []),
  ...(frame.module?.match(/[\w$]+/g) ?? []),
  ...(filename === undefined ? [] : [filename]),
  ...(lineno === undefined ? [] : [String(lineno)]),
]

const reading = (parser: Parser, stacktrace: string) => (): void => {
  parser.recognises(stacktrace)
  parser.parse({ type: 'Type', message: undefined, stacktrace, language: undefined })
  parser.parse({ type: 'Type', message: stacktrace, stacktrace, language: undefined })
}
