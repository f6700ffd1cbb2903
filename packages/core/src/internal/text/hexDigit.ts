const DIGIT_0 = 0x30

const LETTER_A = 0x61

/** The value of a hexadecimal digit, given as its character code. */
export const hexDigit = (code: number): number =>
  // hot: several times for each span. The low four bits of a letter count from 1, and only its seventh bit is set: computed, because
  // a processor guesses the outcome of a condition on random digits wrong half of the time.
  (code & 0xf) + 9 * (code >> 6)

/** The 32-bit integer that eight hexadecimal digits from an index on encode, with a sign. */
export const hexWord = (digits: string, from: number): number => {
  // hot: several times for each span
  let word = 0
  for (let i = from; i < from + 8; i++) word = (word << 4) | hexDigit(digits.charCodeAt(i))
  return word
}

const DIGITS = '0123456789abcdef'

/** One for the codes of hexadecimal digits in lower case. */
const IS_DIGIT: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  DIGITS.includes(String.fromCharCode(code)) ? 1 : 0,
)

/** Whether a value is a text of so many hexadecimal digits in lower case, and not all of them are zero. */
export const isHexId = (value: unknown, digits: number): boolean => {
  // hot: several times for each span, and faster than an expression
  if (typeof value !== 'string' || value.length !== digits) return false
  let bits = 0
  for (let i = 0; i < digits; i++) {
    const code = value.charCodeAt(i)
    if (IS_DIGIT[code] !== 1) return false
    bits |= code ^ DIGIT_0
  }
  return bits !== 0
}

/** The code of the digit of each value from 0 to 15. */
const codeOf = (value: number): number => (value < 10 ? DIGIT_0 + value : LETTER_A - 10 + value)

/** The codes of the two digits of each byte. */
const HIGH: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => codeOf(byte >> 4))

const LOW: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => codeOf(byte & 15))

const high = (byte: number): number => HIGH[byte] ?? 0

const low = (byte: number): number => LOW[byte] ?? 0

/** The digits of the eight bytes from an index on. */
export const hexOfEight = (bytes: Uint8Array, from: number): string => {
  // hot: several times for each span. V8 makes a text of codes at once, and reads it faster than a joined one.
  const a = bytes[from] ?? 0
  const b = bytes[from + 1] ?? 0
  const c = bytes[from + 2] ?? 0
  const d = bytes[from + 3] ?? 0
  const e = bytes[from + 4] ?? 0
  const f = bytes[from + 5] ?? 0
  const g = bytes[from + 6] ?? 0
  const h = bytes[from + 7] ?? 0
  return String.fromCharCode(
    high(a),
    low(a),
    high(b),
    low(b),
    high(c),
    low(c),
    high(d),
    low(d),
    high(e),
    low(e),
    high(f),
    low(f),
    high(g),
    low(g),
    high(h),
    low(h),
  )
}
