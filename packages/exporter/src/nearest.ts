/** Finds the known word that a mistyped word resembles. */
import { distance } from 'fastest-levenshtein'

/** Longer words are compared by their first characters: the distance takes quadratic time. */
const MAX_CHARACTERS = 64

/** Spelling with underscores, dashes or capitals makes no difference. `undefined` if no known word is near. */
export const nearest = (word: string, known: ReadonlyArray<string>): string | undefined => {
  const ranked = known
    .map((candidate) => ({
      candidate,
      edits: distance(lettersOf(word), lettersOf(candidate)),
    }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best !== undefined && best.edits <= Math.max(2, word.length / 3)
    ? best.candidate
    : undefined
}

const lettersOf = (word: string): string =>
  word
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
