/** Finds the known word that a mistyped word resembles. */

/** Longer words are compared by their first characters: the distance takes quadratic time. */
const MAX_CHARACTERS = 64

/** A word of so many letters that is the start of a known one, `timeout` of `timeoutMillis`, is near to it. */
const MIN_START = 4

/** Spelling with underscores, dashes or capitals makes no difference. `undefined` if no known word is near. */
export const nearest = (word: string, known: ReadonlyArray<string>): string | undefined => {
  const letters = lettersOf(word)
  let best: string | undefined
  let fewest = Math.max(2, word.length / 3)
  for (const candidate of known) {
    const others = lettersOf(candidate)
    const isStart = letters.length >= MIN_START && others.startsWith(letters)
    const count = isStart ? 1 : edits(letters, others)
    if (count < fewest || (best === undefined && count <= fewest)) {
      best = candidate
      fewest = count
    }
  }
  return best
}

const lettersOf = (word: string): string =>
  word
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** The number of letters to insert, to remove or to replace (Levenshtein's distance), row by row of its table. */
const edits = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let column = 1; column < row.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
      next[column] = Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1)
    }
    row = next
  }
  return row[to.length] ?? 0
}
