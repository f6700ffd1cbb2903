/**
 * Other forms in which programs write a stack: with escaped line breaks, as a list of its elements, or without the words
 * around it (`Parser.rewrite`). Each is rewritten into the form that the parsers read.
 */
import type { Parser } from '../Parser.ts'

// model

/** In characters. A longer list is no stack. */
const MAX_LIST = 262_144

// decoding

/** The texts in which frames are searched if a text itself has none. The last ones are those of the parsers. */
export const alternatives = (
  text: string,
  parsers: ReadonlyArray<Parser>,
): ReadonlyArray<string> => {
  const body = text.trim()
  const list = listOf(body)
  const found = list ?? (/[\r\n]/.test(body) ? undefined : withBreaks(body))
  const all = [found, ...parsers.map(({ rewrite }) => rewrite?.(found ?? text))]
  return all.filter((one) => one !== undefined)
}

/** Some pipelines write line breaks as `\\n`. */
const withBreaks = (text: string): string | undefined =>
  text.includes('\\') ? text.replace(/\\(?:r\\)?n/g, '\n').replaceAll('\\t', '\t') : undefined

/** The lines of a list of texts, `["a", 'b']`, or of elements, `[a, b]`. */
const listOf = (text: string): string | undefined => {
  if (!text.startsWith('[') || !text.endsWith(']') || text.length > MAX_LIST) return undefined
  const quoted = [...text.matchAll(/"((?:[^"\\]|\\.){0,8192})"|'((?:[^'\\]|\\.){0,8192})'/gs)]
  const isQuoted = /^\[\s*["']/.test(text)
  const elements = isQuoted
    ? quoted.map(([, a, b]) => unquoted(a ?? b ?? ''))
    : text.slice(1, -1).split(/,\s*(?=[^()\s,]+\()/)
  return elements.length === 0 ? undefined : `${elements.join('\n')}\n`
}

const unquoted = (text: string): string =>
  text
    .replace(
      /\\(["'\\/])|\\n/g,
      (whole, mark: string | undefined) => mark ?? (whole === '\\n' ? '\n' : ''),
    )
    .replaceAll('\\t', '\t')
    .replace(/\n$/, '')
