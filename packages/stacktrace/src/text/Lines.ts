/** The lines of a stack trace. `\n`, `\r\n` and `\r` alone each end a line. */

// model

const BLANK = 32
const TAB = 9

// guards

/** Whether only blanks are between `offset` and the end of its line. */
export const endsAt = (text: string, offset: number): boolean => {
  let at = offset
  while (text.charCodeAt(at) === BLANK || text.charCodeAt(at) === TAB) at++
  return at >= text.length || isBreak(text.charCodeAt(at))
}

/** Whether a text ends inside a line, as a text does that was cut at a length limit. */
export const isCut = (text: string): boolean =>
  text !== '' && !isBreak(text.charCodeAt(text.length - 1))

/** Whether a line ends at this offset: there is a break, or the end of the text. */
export const isEnd = (text: string, offset: number): boolean =>
  offset >= text.length || isBreak(text.charCodeAt(offset))

const isBreak = (code: number): boolean => code === 10 || code === 13

// decoding

/** The lines without their breaks. A break at the very end does not start another line. */
export const split = (text: string): ReadonlyArray<string> => {
  if (!text.includes('\r')) return splitUnix(text)
  const lines: Array<string> = []
  for (let start = 0; start < text.length; ) {
    const end = endOf(text, start)
    lines.push(text.slice(start, end))
    start = next(text, end)
  }
  return lines
}

/** Most texts have only `\n`, for which `String.split` is faster. */
const splitUnix = (text: string): ReadonlyArray<string> => {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** The end of the line that holds `offset`: its break, or the end of the text. */
export const endOf = (text: string, offset: number): number => {
  let end = offset
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++
  return end
}

/** The start of the line behind the break at `end`. */
export const next = (text: string, end: number): number =>
  text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length)

/** The number of blanks and tabs at the start of a line. */
export const indentOf = (line: string): number => {
  let indent = 0
  while (line.charCodeAt(indent) === BLANK || line.charCodeAt(indent) === TAB) indent++
  return indent
}

// transformations

/** Removes the indentation of the first line that is not blank from all lines. */
export const dedent = (text: string): string => {
  const lines = split(text)
  const indent = indentOf(lines.find((line) => line.trim() !== '') ?? '')
  if (indent === 0) return text
  return lines.map((line) => line.slice(Math.min(indent, indentOf(line)))).join('\n')
}
