/** Names of PHP functions in a trace: `Shop\Checkout->pay`, `{closure:Shop\Checkout::total():21}`, anonymous classes. */

// model

/** The location of code that `eval` or a similar function ran. */
export interface EvaluatedCode {
  readonly file: string
  readonly line: number
}

// decoding

/** The offset of the first `wanted` outside the braces of a closure's name; -1 where there is none. */
export const indexOutsideBraces = (text: string, wanted: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth = Math.max(0, depth - 1)
    else if (depth === 0 && text.startsWith(wanted, at)) return at
  }
  return -1
}

/** `main.php(36) : eval()'d code` -> the file and the line that exist. */
export const evaluatedAt = (location: string): EvaluatedCode | undefined => {
  const call = /\((\d{1,9})\) : (?:eval\(\)'d|regexp|assert|runtime-created)/.exec(location)
  return call === null || call.index === 0
    ? undefined
    : { file: location.slice(0, call.index), line: Number(call[1]) }
}

// transformations

/** The name of an anonymous class without its file and number, which change from release to release. */
export const withoutPath = (name: string): string => {
  const end = name.indexOf('\0')
  return end < 0 ? name : name.slice(0, end)
}
