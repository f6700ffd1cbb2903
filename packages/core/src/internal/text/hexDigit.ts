const DIGIT_0 = 0x30

const LETTER_A = 0x61

/** The value of a hexadecimal digit, given as its character code. Letters are in lower case. */
export const hexDigit = (code: number): number =>
  code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10

/** The 32-bit integer that eight hexadecimal digits from an index on encode, with a sign. */
export const hexWord = (digits: string, from: number): number => {
  // hot: several times for each span
  let word = 0
  for (let i = from; i < from + 8; i++) word = (word << 4) | hexDigit(digits.charCodeAt(i))
  return word
}

/** The two digits of each byte. */
const PAIRS: ReadonlyArray<string> = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

/** The digits of the bytes from one index to another. */
export const hexDigits = (bytes: Uint8Array, from: number, to: number): string => {
  // hot: several times for each span
  let digits = ''
  for (let i = from; i < to; i++) digits += PAIRS[bytes[i] ?? 0]
  return digits
}
