/**
 * Copies a text. Engines represent a substring as a reference into its parent, and a concatenation as references to its
 * pieces: a short text that is kept for long would keep a whole request in memory.
 */
export const copyString = (text: string): string => {
  const middle = text.length >> 1
  return [text.slice(0, middle), text.slice(middle)].join('')
}
