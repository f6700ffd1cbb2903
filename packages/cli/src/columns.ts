/** The columns that text takes in a terminal: a wide character takes two, a combining mark none, and an emoji is one unit. */
import stringWidth from 'string-width'

// folds

export const columnsOf = (text: string): number => stringWidth(text)

// transformations

const MARK = '...'

/** Text of at most so many columns. Longer text is cut between two characters as users see them, and ends with `...`. */
export const cut = (text: string, columns: number): string => {
  // A character takes at most two columns.
  if (text.length * 2 <= columns || columnsOf(text) <= columns) return text
  const room = Math.max(0, columns - MARK.length)
  let kept = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += columnsOf(segment)
    if (used > room) break
    kept += segment
  }
  return kept + MARK
}
