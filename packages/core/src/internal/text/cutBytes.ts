import { byteLength } from './byteLength.ts'

/** The beginning of a text that takes at most this many bytes of UTF-8; no character is cut in two. */
export const cutBytes = (text: string, maxBytes: number): string => {
  // A unit of UTF-16 takes at most three bytes.
  if (text.length * 3 <= maxBytes || byteLength(text) <= maxBytes) return text
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += byteLength(character)
    if (bytes > maxBytes) break
    end += character.length
  }
  return text.slice(0, end)
}

const MARK = '...'

/** The same, with a mark where it was cut. */
export const shortenBytes = (text: string, maxBytes: number): string => {
  const whole = cutBytes(text, maxBytes)
  return whole.length === text.length ? text : cutBytes(text, maxBytes - MARK.length) + MARK
}

/** The beginning of a text of at most so many characters (Unicode code points, as the server counts), with a mark where it was cut. */
export const shorten = (text: string, maxCharacters: number): string => {
  if (text.length <= maxCharacters) return text
  let characters = 0
  let end = 0
  let kept = 0
  for (const character of text) {
    characters++
    end += character.length
    if (characters <= maxCharacters - MARK.length) kept = end
    if (characters > maxCharacters) return text.slice(0, kept) + MARK
  }
  return text
}
