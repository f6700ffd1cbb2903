const REPLACEMENT = 0xfffd

/** Writes a text in UTF-8, and returns the index after it. Lone surrogates become U+FFFD, as `TextEncoder` does. */
export const writeUtf8 = (bytes: Uint8Array, from: number, text: string): number => {
  let at = from
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[at++] = unit
      continue
    }
    const point = codePointAt(text, i)
    if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6)
    } else {
      if (point < 0x10000) {
        bytes[at++] = 0xe0 | (point >> 12)
      } else {
        // A surrogate pair is two units.
        i++
        bytes[at++] = 0xf0 | (point >> 18)
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f)
      }
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f)
    }
    bytes[at++] = 0x80 | (point & 0x3f)
  }
  return at
}

const codePointAt = (text: string, index: number): number => {
  const point = text.codePointAt(index) ?? REPLACEMENT
  return point >= 0xd800 && point < 0xe000 ? REPLACEMENT : point
}
