/**
 * Other forms in which programs write a stack: with escaped line breaks, as a list of its elements, or without the words
 * around it. Each is rewritten into the form that the parsers read.
 */
import * as Lines from './Lines.ts'

// model

/** In characters. A longer list is no stack. */
const MAX_LIST = 262_144

/** `a.b.C.m(File.java:1)`, as `StackTraceElement.toString` writes it. */
const ELEMENT = /^[\w$.<>/@-]{3,1024}\((?:[^()\s]{1,512}|Native Method|Unknown Source)\)$/

const PYTHON_CALL = /^[ \t]*File "[^"\n]{1,4096}", line \d/

// decoding

/** The texts in which frames are searched if a text itself has none. */
export const alternatives = (text: string): ReadonlyArray<string> => {
  const body = text.trim()
  const list = listOf(body)
  const found = list ?? (/[\r\n]/.test(body) ? undefined : withBreaks(body))
  const all = [found, withAt(found ?? text), withTraceback(found ?? text)]
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

/** The elements of a JVM stack with the word before them, if all lines are elements. */
const withAt = (text: string): string | undefined => {
  const lines = Lines.split(text).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => ELEMENT.test(line.trim()))
    ? lines.map((line) => `\tat ${line.trim()}`).join('\n')
    : undefined
}

/** The calls of `traceback.format_tb` with the header that `format_exception` writes. */
const withTraceback = (text: string): string | undefined =>
  PYTHON_CALL.test(text) ? `Traceback (most recent call last):\n${text}\n` : undefined
