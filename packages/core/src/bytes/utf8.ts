import { writeUtf8 } from '../internal/text/writeUtf8.ts'

/** A text in UTF-8. */
export const utf8 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(3 * text.length)
  return bytes.slice(0, writeUtf8(bytes, 0, text))
}
