/**
 * A piece of TypeScript in a document or in an `@example` of a docstring. Each is a program of its own: it is compiled and
 * run as it is.
 *
 * A fence ```` ```ts ```` is compiled and run, ```` ```ts no-run ```` only compiled.
 */
import * as Syntax from '../lint/Syntax.ts'
import type { SourceFile } from '../lint/Workspace.ts'
import * as Fence from './Fence.ts'

// model

export interface CodeBlock {
  /** The document or source file, relative to the root of the workspace. */
  readonly path: string
  /** The line on which the code starts, from 1. */
  readonly line: number
  readonly code: string
  readonly runs: boolean
}

// decoding

/** The blocks of a document, in their order. */
export const parse = (path: string, document: string): ReadonlyArray<CodeBlock> =>
  Fence.parse(path, document)
    .filter(({ language }) => language === 'ts')
    .map(({ line, words, text }) => ({ path, line, code: text, runs: !words.includes('no-run') }))

/** The blocks below each `@example` in the docstrings of a source file, in their order. */
export const parseExamples = (file: SourceFile): ReadonlyArray<CodeBlock> =>
  Syntax.of(file).comments.flatMap((comment) => {
    const [before = '', ...examples] = comment.text.split(/^@example\b/m)
    // The lines before the first example stay, empty, so that the numbers of lines are right.
    const text = `${before.replace(/[^\n]/g, '')}${examples.join('')}`
    return parse(file.path, text).map((block) => ({
      ...block,
      line: block.line + comment.line - 1,
    }))
  })

// encoding

/** `README.md:56`. */
export const show: (block: CodeBlock) => string = Fence.show

/** A name for its file, from its place. */
export const fileName = ({ path, line }: CodeBlock): string =>
  `${path.replace(/[^A-Za-z0-9]+/g, '-')}-${line}.ts`

/** The output that its comments state: each after a `console.log`, or on the line below. `undefined` if there is none. */
export const expectedOutput = ({ code }: CodeBlock): string | undefined => {
  const lines = [...code.matchAll(/console\.log\(.*\)(?: |\n[ \t]*)\/\/ (.+)$/gm)].map(
    ([, output]) => output ?? '',
  )
  return lines.length === 0 ? undefined : lines.join('\n')
}

/** The difference between the stated and the printed output, for people; `undefined` if there is none. */
export const mismatch = (block: CodeBlock, printed: string): string | undefined => {
  const expected = expectedOutput(block)
  if (expected === undefined || printed === expected) return undefined
  return `prints\n${printed}\nbut states\n${expected}`
}
