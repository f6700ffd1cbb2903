/**
 * The texts that were decoded last, by their bytes: the methods, systems and tables of spans repeat. A new text takes the place of
 * the one in its slot. Mutable; one owner.
 */

// model

export type TextCache = Array<string>

const SLOTS = 1_024

/** In bytes. Longer texts seldom repeat. */
export const MAX_LENGTH = 40

// constructors

export const make = (): TextCache => new Array<string>(SLOTS).fill('')

// decoding

/** A text of ASCII that is known; `undefined` for any other. */
export const get = (
  texts: TextCache,
  bytes: Uint8Array,
  from: number,
  to: number,
): string | undefined => {
  const text = texts[slotOf(bytes, from, to)] ?? ''
  const { length } = text
  if (length !== to - from) return undefined
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return undefined
  return text
}

/** Remembers the text of these bytes, if it is of ASCII: any other has fewer units than bytes, or replaces invalid ones. */
export const set = (
  texts: TextCache,
  bytes: Uint8Array,
  range: { readonly from: number; readonly to: number },
  text: string,
): void => {
  const { from, to } = range
  if (text.length === to - from) texts[slotOf(bytes, from, to)] = text
}

/** FNV-1a over the length and up to eight bytes. */
const slotOf = (bytes: Uint8Array, from: number, to: number): number => {
  const length = to - from
  const step = 1 + (length >> 3)
  let hash = 0x811c9dc5 ^ length
  for (let i = to - 1; i >= from; i -= step) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}
