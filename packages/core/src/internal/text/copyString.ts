/**
 * The same text, held on its own. Engines keep a piece of a long text as a reference into it, and texts that were put
 * together as references to all of them: what is held for long would hold a whole request.
 */
export const copyString = (text: string): string => {
  const middle = text.length >> 1
  return [text.slice(0, middle), text.slice(middle)].join('')
}
