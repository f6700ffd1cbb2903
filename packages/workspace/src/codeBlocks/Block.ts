/**
 * A piece of TypeScript in the documentation. Each is a program of its own: it is compiled and run as it stands.
 *
 * A fence ```` ```ts ```` is compiled and run, ```` ```ts no-run ```` only compiled.
 */

// model

export interface Block {
  /** The document, relative to the root of the workspace. */
  readonly path: string
  /** The line of the document on which the code starts, from 1. */
  readonly line: number
  readonly code: string
  readonly runs: boolean
}

// decoding

/** The blocks of a document, in their order. A fence that is indented counts too, with its indentation taken off. */
export const parse = (path: string, document: string): ReadonlyArray<Block> =>
  [...document.matchAll(FENCE)].map((found) => {
    const [, indent = '', words = '', code = ''] = found
    return {
      path,
      line: document.slice(0, found.index).split('\n').length + 1,
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
      runs: !words.split(' ').includes('no-run'),
    }
  })

const FENCE = /^([ \t]*)```ts\b([^\n]*)\n(.*?)^\1```[ \t]*$/gms

// destructors

/** `README.md:56`. */
export const show = ({ path, line }: Block): string => `${path}:${line}`

/** A name for its file, from its place. */
export const fileName = ({ path, line }: Block): string =>
  `${path.replace(/[^A-Za-z0-9]+/g, '-')}-${line}.ts`

/**
 * What it says that it prints: a comment behind a `console.log` on its line. `undefined` where it says nothing; then
 * it may print what it likes.
 */
export const expectedOutput = ({ code }: Block): string | undefined => {
  const lines = [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, said]) => said ?? '')
  return lines.length === 0 ? undefined : lines.join('\n')
}
