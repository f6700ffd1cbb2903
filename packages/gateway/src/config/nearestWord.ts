/** The known word that a mistyped one resembles. */
import { distance } from 'fastest-levenshtein'

/** Longer words are compared by their first characters: the distance takes quadratic time. */
const MAX_CHARACTERS = 64

/** A word of so many letters that is a part of a known one is near to it: `skip_verify` of `insecure_skip_verify`. */
const MIN_PART = 5

/** Spelling with underscores, dashes or capitals makes no difference. `undefined` if no known word is near. */
export const nearestWord = (word: string, known: ReadonlyArray<string>): string | undefined => {
  const letters = lettersOf(word)
  if (!/[a-z]/.test(letters)) return undefined
  const [best] = known
    .map((candidate) => ({ candidate, edits: editsBetween(letters, lettersOf(candidate)) }))
    .sort((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.max(1, letters.length / 3)
    ? best.candidate
    : undefined
}

/** The same letters in another order, `grcp`, and a part of a word count as one edit. */
const editsBetween = (letters: string, others: string): number => {
  const isPart =
    letters.length >= MIN_PART && (others.startsWith(letters) || others.endsWith(letters))
  const edits = distance(letters, others)
  return isPart || sorted(letters) === sorted(others) ? Math.min(1, edits) : edits
}

const sorted = (letters: string): string => [...letters].sort().join('')

const lettersOf = (word: string): string =>
  word
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
