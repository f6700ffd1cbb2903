/**
 * The messages of the causes of a Rust error, below `Caused by:` or as a JSON array.
 *
 * Source: `Debug` of `anyhow::Error`, and `tracing-opentelemetry`, which sends an array of the messages of the sources.
 */
import * as Lines from '../text/Lines.ts'
import * as RustFrame from './frame.ts'

// model

export interface Causes {
  readonly messages: ReadonlyArray<string>
  /** The index of the first line behind the causes. */
  readonly next: number
}

const HEADING = /^Caused by:$/

// decoding

/** Reads `["cause", "its cause"]`: the messages below that of the exception. */
export const parseArray = (text: string): ReadonlyArray<string> | undefined => {
  if (!/^\s*\[\s*"/.test(text.slice(0, 256))) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return Array.isArray(found) && found.every((each) => typeof each === 'string')
      ? found
      : undefined
  } catch {
    return undefined
  }
}

/** The index of the line `Caused by:`; -1 where there is none. */
export const headingAt = (lines: ReadonlyArray<string>): number =>
  lines.findIndex((line) => HEADING.test(line.trim()))

/** The messages below the heading at `from`. They end at the next line that is not indented. */
export const parse = (lines: ReadonlyArray<string>, from: number): Causes => {
  if (from < 0) return { messages: [], next: lines.length }
  const margin = Lines.indentOf(lines[from] ?? '')
  const first = lines[from + 1] ?? ''
  const isNumbered = /^\s*0: /.test(first)
  const indent = Lines.indentOf(first) + (isNumbered ? 3 : 0)
  const causes: Array<Array<string>> = []
  let next = from + 1
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    const isOutside = startsSection(line) || (margin < indent && Lines.indentOf(line) <= margin)
    if (line.trim() !== '' && isOutside) break
    const start = isNumbered
      ? messageStart(line, causes.length, indent)
      : next === from + 1
        ? indent
        : 0
    if (start > 0 || causes.length === 0) causes.push([line.slice(start)])
    else causes.at(-1)?.push(line.slice(Math.min(Lines.indentOf(line), indent)))
  }
  return { messages: causes.map((message) => message.join('\n').trimEnd()), next }
}

const startsSection = (line: string): boolean =>
  RustFrame.startsBacktrace(line) || /^(?:Location|Backtrace):$/.test(line.trim())

/** The start of the message behind `number: `; 0 if the line continues the message above, with its indentation. */
const messageStart = (line: string, number: number, indent: number): number => {
  const found = /^\s*(\d{1,6}): /.exec(line)
  return found !== null && Number(found[1]) === number && Lines.indentOf(line) < indent
    ? found[0].length
    : 0
}
