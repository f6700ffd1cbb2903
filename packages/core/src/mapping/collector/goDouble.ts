/** The powers of ten that are printed without an exponent. */
const MIN_POWER = -4
const MAX_POWER = 6

/**
 * A number as Go prints it: `strconv.FormatFloat(x, 'g', -1, 64)`, the shortest digits that read back as the same number,
 * with an exponent from a million on and below a ten-thousandth. Source: `src/strconv/ftoa.go` of golang/go.
 */
export const goDouble = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= MIN_POWER && power < MAX_POWER) return String(value)
  const digits = String(Math.abs(power)).padStart(2, '0')
  return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`
}
