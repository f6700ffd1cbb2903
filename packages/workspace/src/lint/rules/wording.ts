/** Identifiers, comments and documents use the terms of the field, and comments state what is the case. */
import { allowedIdentifiers, allowedPhrases, inComments, inIdentifiers } from '../forbiddenWords.ts'
import { perFile } from '../perFile.ts'
import * as Syntax from '../Syntax.ts'
import * as Violation from '../Violation.ts'
import type { SourceFile, Workspace } from '../Workspace.ts'

export const wording = (workspace: Workspace): ReadonlyArray<Violation.Violation> => [
  ...[...workspace.packages, ...workspace.examples].flatMap(({ sources, tests }) =>
    [...sources, ...tests].filter(({ path }) => !WORD_LISTS.has(path)).flatMap(inspectFile),
  ),
  ...workspace.documents.flatMap(inspectDocument),
]

/** The files that hold the forbidden words as data. */
const WORD_LISTS: ReadonlySet<string> = new Set([
  'packages/workspace/src/lint/forbiddenWords.ts',
  'packages/workspace/src/lint/rules/wording.ts',
])

/** Code inside of a title: an expression of a template, or a name in backquotes. */
const EMBEDDED = /\$\{[^}]*\}|`[^`]*`/g

/** A sentence that starts with "What": at the start of a comment, or after the end of a sentence. */
const WHAT = /(?<=^\s*|[.:!?]\s+)What\b/g

const at = ({ path }: SourceFile, line: number, message: string): Violation.Violation =>
  Violation.of('wording', path, `${line}: ${message}`)

const inspectFile: (file: SourceFile) => ReadonlyArray<Violation.Violation> = perFile((file) => {
  const { declared, comments, titles } = Syntax.of(file)
  return [
    ...declared
      .filter(({ text }) => !allowedIdentifiers.has(text))
      .flatMap(({ text, line }) =>
        partsOf(text)
          .filter((part) => inIdentifiers.has(part))
          .map((part) => at(file, line, `"${part}" in the identifier ${text}`)),
      ),
    ...titles.flatMap(({ text, line }) =>
      wordsIn(text.replace(EMBEDDED, blank)).map(([word]) =>
        at(file, line, `"${word}" in a title`),
      ),
    ),
    ...comments.flatMap(({ text, line }) => [
      ...wordsIn(text).map(([word, index]) =>
        at(file, line + linesBefore(text, index), `"${word}" in a comment`),
      ),
      ...[...text.matchAll(WHAT)].map(({ index }) =>
        at(file, line + linesBefore(text, index), 'a comment sentence starts with "What"'),
      ),
    ]),
  ]
})

const inspectDocument: (file: SourceFile) => ReadonlyArray<Violation.Violation> = perFile(
  (file) => {
    // Code keeps its lines, so that the numbers of the lines after it are right.
    const prose = file.text
      .replace(/^([ \t]*)```.*?^\1```/gms, (code) => code.replace(/[^\n]/g, ' '))
      .replace(/`[^`\n]*`|\]\([^)\n]*\)/g, (code) => ' '.repeat(code.length))
    return wordsIn(prose).map(([word, index]) =>
      at(file, 1 + linesBefore(prose, index), `"${word}"`),
    )
  },
)

const wordsIn = (text: string): ReadonlyArray<readonly [string, number]> =>
  [...text.toLowerCase().replace(allowedPhrases, blank).matchAll(inComments)].map(
    ({ 0: word, index }) => [word, index] as const,
  )

const blank = (phrase: string): string => ' '.repeat(phrase.length)

/** `maxBytes` and `MAX_BYTES` are `max` and `bytes`. */
const partsOf = (identifier: string): ReadonlyArray<string> =>
  identifier
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[ _$\d]+/)
    .map((part) => part.toLowerCase())

const linesBefore = (text: string, index: number): number =>
  text.slice(0, index).split('\n').length - 1
