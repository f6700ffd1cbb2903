/**
 * Bytes as base64 text and back. Source: RFC 4648, sections 4 and 5.
 *
 * `uint8array-extras` would need the globals `atob` and `btoa`, throws on invalid text, and accepts text with blanks.
 *
 * @example
 * ```ts
 * import { Base64 } from '@sentry-exporter/core/pipeline'
 *
 * console.log(Base64.encode(new Uint8Array([1, 2, 3])), Base64.decode('not base64')) // AQID undefined
 * ```
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const VALUES: ReadonlyMap<string, number> = new Map([
  ...[...ALPHABET].map((character, value): [string, number] => [character, value]),
  ['-', 62],
  ['_', 63],
])

// decoding

/** Decodes either alphabet, with or without padding; `undefined` for any other text. */
export const decode = (text: string): Uint8Array | undefined => {
  const end = text.endsWith('==')
    ? text.length - 2
    : text.endsWith('=')
      ? text.length - 1
      : text.length
  if (end % 4 === 1 || (end < text.length && text.length % 4 !== 0)) return undefined
  const bytes = new Uint8Array((end * 3) >> 2)
  let buffer = 0
  let bufferedBits = 0
  let length = 0
  for (let i = 0; i < end; i++) {
    const value = VALUES.get(text.charAt(i))
    if (value === undefined) return undefined
    buffer = ((buffer << 6) | value) & 0xffffff
    bufferedBits += 6
    if (bufferedBits >= 8) {
      bufferedBits -= 8
      bytes[length++] = buffer >> bufferedBits
    }
  }
  return bytes
}

// encoding

/** Encodes with the first alphabet, `+` and `/`, and padding. */
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

const letter = (bits: number): string => ALPHABET.charAt(bits & 63)
