/** The parts of the properties of all formats: calls to print, and the frames that a parser must read. */
import * as fc from 'fast-check'
import type { ParsedException } from '../src/ParsedException.ts'
import type { Parser } from '../src/Parser.ts'

export interface Call {
  readonly fun: string
  readonly file: string
  readonly line: number
  readonly column: number
}

export const word: fc.Arbitrary<string> = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
export const name: fc.Arbitrary<string> = fc.stringMatching(/^[A-Z][a-z0-9]{0,8}$/)
const line: fc.Arbitrary<number> = fc.integer({ min: 1, max: 99_999 })

/** Files with blanks, brackets and characters that are not ASCII; `extension` has its dot. */
const file = (extension: string): fc.Arbitrary<string> =>
  fc
    .array(fc.stringMatching(/^[a-zäß支0-9][a-z 0-9.@_-]{0,8}[a-z]$/), {
      minLength: 1,
      maxLength: 4,
    })
    .map((folders) => `/srv/${folders.join('/')}${extension}`)

export const calls = (
  fun: fc.Arbitrary<string>,
  extension: string,
): fc.Arbitrary<ReadonlyArray<Call>> =>
  fc.array(fc.record({ fun, file: file(extension), line, column: line }), { maxLength: 6 })

/** Messages of several lines, some of which look like a frame of the format. */
export const message = (frame: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(frame, 'Caused by: nothing', '', 'a: b (c)'),
        fc.stringMatching(/^[a-zäß支(){}'": ]{0,20}$/),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((lines) => `m${lines.join('\n')}.`)

export const read = (
  parser: Parser,
  type: string | undefined,
  text: string,
  value?: string,
): ReadonlyArray<ParsedException> =>
  parser.parse({ type, message: value, stacktrace: text, language: undefined })

/** The functions and locations of the frames, the newest call first. */
export const locationsOf = (exception: ParsedException | undefined): ReadonlyArray<unknown> =>
  (exception?.frames ?? [])
    .map(({ function: fun, filename, lineno, colno }) => [fun, filename, lineno, colno])
    .reverse()

export const check = <A>(arbitrary: fc.Arbitrary<A>, holds: (a: A) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { numRuns: 200 })
