/** What every parser of stack traces owes: the samples of its languages, and calm before mangled and hostile text. */
import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ParsedException } from '../../src/ParsedException.ts'
import type { StackFrame } from '../../src/StackFrame.ts'
import type { Parser, Source } from '../../src/StackTrace/Parser.ts'

// model

export interface Sample {
  readonly name: string
  readonly source: Source
  /** What the parse must hold; more keys are welcome. */
  readonly expected: ReadonlyArray<Partial<ParsedException>>
}

/** A text of about `length` characters made to break a regular expression. */
export type Hostile = (length: number) => string

// constructors

export const samplesOf = (language: string): ReadonlyArray<Sample> => {
  const folder = new URL(`../fixtures/stack-traces/${language}/`, import.meta.url)
  const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => {
      const name = file.slice(0, -4)
      const attributes = JSON.parse(read(`${name}.attrs.json`))
      return {
        name: `${language}/${name}`,
        source: {
          type: attributes['exception.type'],
          message: attributes['exception.message'],
          stacktrace: read(file),
          language: attributes['telemetry.sdk.language'],
        },
        expected: JSON.parse(read(`${name}.expected.json`)),
      }
    })
}

export const repeat =
  (part: string, before = '', after = ''): Hostile =>
  (length) =>
    before + part.repeat(Math.ceil(length / part.length)) + after

// combinators

/** Declares the suites that hold for one parser and the samples of its languages. */
export const contract = (
  parser: Parser,
  languages: ReadonlyArray<string>,
  hostile: ReadonlyArray<Hostile>,
): void => {
  const samples = languages.flatMap(samplesOf)

  const sampled = suite(`${languages.join(', ')}: samples`)
  for (const { name, source, expected } of samples) {
    sampled(`${name} parses as its expected file says, and is recognised`, () => {
      const parsed = parser.parse(source)
      assert.equal(shapeOf(parsed), shapeOf(expected))
      assert.equal(narrowed(parsed, expected), expected)
      if (framesOf(parsed).length > 0) assert.ok(parser.recognises(source.stacktrace), 'recognised')
    })
  }
  sampled.run()

  const mangled = suite(`${languages.join(', ')}: mangled text`)
  for (const { name, source } of samples) {
    const frames = framesOf(parser.parse(source))
    mangled(`${name} cut anywhere gives frames of the whole text, at most the last one cut`, () => {
      for (let end = 0; end < source.stacktrace.length; end++) {
        const stacktrace = source.stacktrace.slice(0, end)
        for (const frame of framesOf(parser.parse({ ...source, stacktrace }))) {
          assert.ok(
            frames.some((whole) => isCutOf(frame, whole)),
            `${JSON.stringify(frame)} out of\n${stacktrace}`,
          )
        }
      }
    })
    mangled(
      `${name} doubled, spliced, re-indented or cut up gives no frame of its own making`,
      () => {
        for (const stacktrace of manglings(source.stacktrace)) {
          for (const frame of framesOf(parser.parse({ ...source, stacktrace }))) {
            for (const part of partsOf(frame)) {
              assert.ok(stacktrace.includes(part), `${part} is not in\n${stacktrace}`)
            }
          }
        }
      },
    )
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
      const short = make(100_000)
      const long = make(1_000_000)
      const lines = `${make(4000)}\n`.repeat(250)
      const isLinear = [1, 2, 3, 4].some(
        () => secondsFor(parser, long) <= 15 * Math.max(secondsFor(parser, short), 0.005),
      )
      assert.ok(isLinear, 'more than 15 times the time for 10 times the text, four times')
      assert.ok(secondsFor(parser, lines) < 2)
    })
  }
  time.run()
}

const framesOf = (parsed: ReadonlyArray<ParsedException>): ReadonlyArray<StackFrame> =>
  parsed.flatMap(({ frames }) => frames)

const shapeOf = (parsed: ReadonlyArray<Partial<ParsedException>>): ReadonlyArray<unknown> =>
  parsed.map(({ type, frames }) => [type, frames?.length, frames?.map((frame) => frame.function)])

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
    text + text,
    `${text}\n${text}`,
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

/** The words of a frame that must stand in the text it was read from. */
const partsOf = ({ filename, lineno, ...frame }: StackFrame): ReadonlyArray<string> => [
  ...(/[\w$]+/.exec(frame.function === '<unknown>' ? '' : (frame.function ?? '')) ?? []),
  ...(frame.module?.match(/[\w$]+/g) ?? []),
  ...(filename === undefined ? [] : [filename]),
  ...(lineno === undefined ? [] : [String(lineno)]),
]

/** The least of several runs, since other processes only ever add to it. */
const secondsFor = (parser: Parser, stacktrace: string): number => {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3; run++) {
    const start = performance.now()
    parser.recognises(stacktrace)
    parser.parse({ type: 'Type', message: undefined, stacktrace, language: undefined })
    parser.parse({ type: 'Type', message: stacktrace, stacktrace, language: undefined })
    least = Math.min(least, performance.now() - start)
  }
  return least / 1000
}
