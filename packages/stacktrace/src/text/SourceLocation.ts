/** Where a call stands: `file:12:34` or `file:12`, read from the right end since a file may hold colons itself. */

// model

export interface Place {
  readonly file: string
  /** The numbers behind the file, in the order of the text; 0 where the text says 0. */
  readonly numbers: ReadonlyArray<number>
}

// decoding

/** Splits off `count` numbers; `undefined` where the text does not end with so many behind some file. */
export const parse = (text: string, count: number): Place | undefined => {
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

/** A number of a line or column: they count from 1, and 0 says that there is none. */
export const position = (digits: string | number | undefined): number | undefined => {
  const value = Number(digits ?? 0)
  return value >= 1 && value < 10 ** MAX_DIGITS ? value : undefined
}

const MAX_DIGITS = 9

const isDigit = (code: number): boolean => code >= 48 && code <= 57
