/** Round brackets in a line. */

// decoding

/**
 * The offset of the bracket that the last one closes, searched from the end; -1 if there is none. `depth` is the number of
 * brackets that are closed behind the end of the text.
 */
export const openingOf = (text: string, depth = 0): number => {
  let open = depth
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') open++
    else if (text[at] === '(' && --open === 0) return at
  }
  return -1
}
