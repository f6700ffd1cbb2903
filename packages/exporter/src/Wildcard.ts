/** Texts with wildcards, as data: the texts between the asterisks. `\*` is an asterisk itself. */

// model

/** Matches what starts with the first part, ends with the last one, and has the others between them in this order. */
export interface Wildcard {
  /** At least two. */
  readonly parts: ReadonlyArray<string>
}

// decoding

/** A text without wildcards gives a text. */
export const parse = (text: string): string | Wildcard => {
  const parts = ['']
  for (const [token] of text.matchAll(/\\\*|\*|[^\\*]+|\\/g)) {
    if (token === '*') parts.push('')
    else parts[parts.length - 1] += token === '\\*' ? '*' : token
  }
  return parts.length === 1 ? (parts[0] ?? '') : { parts }
}

// guards

/** Takes time in proportion to the text for each part. */
export const matches = ({ parts }: Wildcard, text: string): boolean => {
  const [first = '', ...rest] = parts
  const last = rest.pop() ?? ''
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
