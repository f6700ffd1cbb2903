/** Writes numbers in decimal digits, as `JSON.stringify` prints them. */

const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30

// encoding

/** Writes an integer of 31 bits. Returns the position behind it. */
export const writeInteger = (out: Uint8Array, from: number, value: number): number => {
  let at = from
  let rest = value
  if (rest < 0) {
    out[at++] = MINUS
    rest = -rest
  }
  const end = at + digitsOf(rest)
  for (let i = end - 1; i >= at; i--) {
    const quotient = (rest / 10) | 0
    out[i] = ZERO + rest - 10 * quotient
    rest = quotient
  }
  return end
}

const digitsOf = (value: number): number => {
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  return digits
}

/** Writes whole microseconds, of at most 2^31 seconds, as seconds. */
export const writeSeconds = (out: Uint8Array, from: number, micros: number): number => {
  const whole = Math.floor(micros / 1e6)
  // Two halves of five digits fit into 31 bits.
  const high = Math.floor(whole / 1e5)
  let at = high === 0 ? writeInteger(out, from, whole) : writeInteger(out, from, high)
  if (high > 0) at = writeDigits(out, at, whole - high * 1e5, 5)
  const fraction = micros - whole * 1e6
  if (fraction === 0) return at
  out[at++] = POINT
  at = writeDigits(out, at, fraction, 6)
  while (out[at - 1] === ZERO) at--
  return at
}

/** So many digits, with zeros before the number. */
const writeDigits = (out: Uint8Array, from: number, value: number, digits: number): number => {
  let rest = value | 0
  for (let i = from + digits - 1; i >= from; i--) {
    const quotient = (rest / 10) | 0
    out[i] = ZERO + rest - 10 * quotient
    rest = quotient
  }
  return from + digits
}
