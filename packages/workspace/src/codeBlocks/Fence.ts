/** A fenced block of a document: its language, the words beside it, and its text. */

// model

export interface Fence {
  /** The document, relative to the root of the workspace. */
  readonly path: string
  /** The line on which the text starts, from 1. */
  readonly line: number
  /** `''` for none. */
  readonly language: string
  /** The words after the language. */
  readonly words: ReadonlyArray<string>
  readonly text: string
}

const FENCE = /^([ \t]*)```(\w*)([^\n]*)\n(.*?)^\1```[ \t]*$/gms

// decoding

/** The blocks of a document, in their order. The indentation of an indented block is removed. */
export const parse = (path: string, document: string): ReadonlyArray<Fence> =>
  [...document.matchAll(FENCE)].map((found) => {
    const [, indent = '', language = '', words = '', text = ''] = found
    return {
      path,
      line: document.slice(0, found.index).split('\n').length + 1,
      language,
      words: words.split(' ').filter((word) => word !== ''),
      text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }
  })

// encoding

/** `README.md:56`. */
export const show = ({ path, line }: Pick<Fence, 'path' | 'line'>): string => `${path}:${line}`
