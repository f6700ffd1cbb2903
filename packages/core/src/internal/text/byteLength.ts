/** The number of bytes of a text in UTF-8. A lone surrogate counts as the three bytes of its replacement character. */
export const byteLength = (text: string): number => {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    bytes += unit < 0x800 ? 1 : 2
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(i + 1)
      if (next >= 0xdc00 && next < 0xe000) {
        // A surrogate pair takes four bytes: one for each of its units, and two more.
        i++
      }
    }
  }
  return bytes
}
