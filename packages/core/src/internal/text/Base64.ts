/** Bytes as base64 text and back. Source: RFC 4648, sections 4 and 5. */

// encoding

/** With the standard alphabet and padding. */
export const encode = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += letter(group >> 18) + letter(group >> 12)
    text += left > 1 ? letter(group >> 6) : '='
    text += left > 2 ? letter(group) : '='
  }
  return text
}

// decoding

/** Of either alphabet, with padding or without; `undefined` for anything else. */
export const decode = (text: string): Uint8Array | undefined => {
  const end = text.endsWith('==')
    ? text.length - 2
    : text.endsWith('=')
      ? text.length - 1
      : text.length
  if (end % 4 === 1 || (end < text.length && text.length % 4 !== 0)) return undefined
  const bytes = new Uint8Array((end * 3) >> 2)
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < end; i++) {
    const value = VALUES.get(text.charAt(i))
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[at++] = bits >> held
    }
  }
  return bytes
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const VALUES: ReadonlyMap<string, number> = new Map([
  ...[...ALPHABET].map((character, value): [string, number] => [character, value]),
  ['-', 62],
  ['_', 63],
])

const letter = (bits: number): string => ALPHABET.charAt(bits & 63)
