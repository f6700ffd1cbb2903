/** Names of PHP functions in a trace: `Shop\Checkout->pay`, `{closure:Shop\Checkout::total():21}`, anonymous classes. */

// destructors

/** Where `wanted` first stands outside the braces of a closure's name; -1 where it does not. */
export const outsideBraces = (text: string, wanted: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth = Math.max(0, depth - 1)
    else if (depth === 0 && text.startsWith(wanted, at)) return at
  }
  return -1
}

/** An anonymous class without its file and number, which would differ from release to release. */
export const withoutPath = (name: string): string => {
  const end = name.indexOf('\0')
  return end < 0 ? name : name.slice(0, end)
}

/** `main.php(36) : eval()'d code` -> the file and line that exist. */
export const evaluatedAt = (
  place: string,
): { readonly file: string; readonly line: number } | undefined => {
  const made = /\((\d{1,9})\) : (?:eval\(\)'d|regexp|assert|runtime-created)/.exec(place)
  return made === null || made.index === 0
    ? undefined
    : { file: place.slice(0, made.index), line: Number(made[1]) }
}
