/**
 * Freezes a constant with the records and lists in it, so that nobody who gets it can change it for all others. Functions stay
 * as they are.
 */
export const frozen = <A extends object>(value: A): A => {
  for (const inner of Object.values(value)) if (isData(inner)) frozen(inner)
  return Object.freeze(value)
}

/** Maps, sets, expressions and typed arrays cannot be frozen. */
const isData = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
