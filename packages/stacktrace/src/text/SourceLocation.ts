/** A location in a source file: `file:12:34` or `file:12`. It is read from the right end, because a file may hold colons. */

// model

export interface SourceLocation {
  readonly file: string
  /** The numbers behind the file, in the order of the text; 0 where the text has 0. */
  readonly numbers: ReadonlyArray<number>
}

const MAX_DIGITS = 9

// decoding

/** Reads a file and `count` numbers behind it; `undefined` where the text does not end with that many numbers. */
export const parse = (text: string, count: number): SourceLocation | undefined => {
  const numbers: Array<number> = []
  let end = text.length
  while (numbers.length < count) {
    let start = end
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--
    if (start === end || end - start > MAX_DIGITS || text[start - 1] !== ':') return undefined
    numbers.unshift(Number(text.slice(start, end)))
    end = start - 1
  }
  return { file: text.slice(0, end), numbers }
}

/** The number of a line or column. They count from 1, so 0 means that the number is unknown. */
export const position = (digits: string | number | undefined): number | undefined => {
  const value = Number(digits ?? 0)
  return value >= 1 && value < 10 ** MAX_DIGITS ? value : undefined
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
